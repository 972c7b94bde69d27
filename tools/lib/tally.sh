# Counting what the tests said.
# shellcheck shell=bash

# tally BUILD...: prints "PASSED FAILED SKIPPED". Counted are CMocka's test cases, as the tests'
# output in Meson's logs has them; a program that says nothing of the kind counts as one case, and
# so does a failure that CMocka could not report any more, such as a crash.
tally() {
    local build file files=()
    for build; do
        file=$build_root/$build/meson-logs/testlog.json
        [[ ! -e $file ]] || files+=("$file")
    done
    awk '
        function said(word,    rest, sum, pattern) {
            rest = $0; sum = 0
            pattern = "\\[  " word " *\\] [0-9]+ test\\(s\\)"
            while (match(rest, pattern)) {
                sum += substr(rest, RSTART + 13) + 0
                rest = substr(rest, RSTART + RLENGTH)
            }
            return sum
        }
        match($0, /"result": "[A-Z]+"/) {
            result = substr($0, RSTART + 11, RLENGTH - 12)
            p = said("PASSED"); f = said("FAILED"); s = said("SKIPPED")
            if (result == "SKIP") { if (!s) s = 1 }
            else if (result == "OK" || result == "EXPECTEDFAIL") { if (!(p + f + s)) p = 1 }
            else if (!f) f = 1
            passed += p; failed += f; skipped += s
        }
        END { print passed + 0, failed + 0, skipped + 0 }
    ' /dev/null "${files[@]}"
}

# Reading the headers of a Windows program.
# shellcheck shell=bash

# number FILE OFFSET BYTES: a little-endian number, nothing beyond the file's end.
number() { od -An -v -tu"$3" --endian=little -j"$2" -N"$3" -- "$1" 2>/dev/null | tr -d ' '; }

# pe_cpu FILE: sets $cpu to x86_64 or i386, or ends with a line that says why not.
pe_cpu() {
    local file=$1 header machine traits advice='give the path of a Windows program'
    [[ -e $file ]] || die "there is no file $file" "$advice"
    [[ -f $file ]] || die "$file is not a file" "$advice"
    [[ -r $file ]] || die "$file cannot be read" 'its permissions forbid it: chmod +r mends that'
    [[ $(number "$file" 0 2) == 23117 ]] || # MZ
        die "$file is not a Windows program (it has no MZ header)" "'file $file' tells what it is"
    header=$(number "$file" 60 4)
    [[ -n $header && $(number "$file" "$header" 4) == 17744 ]] || # PE\0\0
        die "$file is not a 32- or 64-bit Windows program (it has no PE header)" \
            'use another build of it: this is a DOS or 16-bit program, or cut off'
    machine=$(number "$file" $((header + 4)) 2)
    traits=$(number "$file" $((header + 22)) 2)
    [[ $machine && $traits ]] || die "$file is cut off" 'copy it again from where it came'
    ((traits & 0x2000)) && die "$file is a dll" 'give the program that uses it'
    case $machine in
        34404) cpu=x86_64 ;; # 0x8664
        332) cpu=i386 ;;     # 0x14c
        43620) die "$file is made for ARM64" 'use a build for x86_64 or i386' ;; # 0xaa64
        448 | 450 | 452) die "$file is made for 32-bit ARM" 'use a build for x86_64 or i386' ;;
        *) die "$file is made for an unknown CPU (machine $(printf '0x%x' "$machine"))" \
            'use a build for x86_64 or i386' ;;
    esac
}

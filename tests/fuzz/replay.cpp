// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright 2026 the wine-rtm authors
//
// Runs inputs without a fuzzer. See usage().

#include "checked/reach.h"
#include "checked/session.h"
#include "platform/wine.h"
#include "target.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace
{

namespace fs = std::filesystem;

void usage()
{
    std::puts(
        "usage: replay [--trace] [--debug] [--reach RTM.SPEC] INPUT...\n"
        "\n"
        "Runs the inputs, files or directories of them, one after the other.\n"
        "\n"
        "  --trace           prints all calls\n"
        "  --debug           prints what the dll says on its debug channel, too\n"
        "  --reach RTM.SPEC  prints the functions of version 2 that have not succeeded in any\n"
        "                    of the inputs, and fails if there are any");
}

std::vector<fs::path> files_of(const fs::path& path)
{
    std::vector<fs::path> files;
    if (fs::is_directory(path)) {
        for (const auto& entry : fs::directory_iterator(path))
            files.push_back(entry.path());
        std::sort(files.begin(), files.end());
    } else {
        files.push_back(path);
    }
    return files;
}

bool run_file(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return false;
    }
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    if (fuzz::Session::tracing)
        std::fprintf(stderr, "%s\n", path.c_str());
    fuzz::run_input({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    return true;
}

/// The functions of version 2 that rtm.spec exports: those before "# RTMv1".
std::vector<std::string> functions_in(const char* spec)
{
    std::vector<std::string> functions;
    std::ifstream file(spec);
    std::string line;
    while (std::getline(file, line) && line.rfind("# RTMv1", 0) != 0) {
        const auto name = line.find("Rtm");
        if (line.rfind("@ ", 0) == 0 && name != std::string::npos)
            functions.push_back(line.substr(name, line.find('(', name) - name));
    }
    return functions;
}

bool report_reach(const char* spec)
{
    const auto functions = functions_in(spec);
    std::size_t missing = 0;
    for (const std::string& function : functions) {
        const auto reached = fuzz::reached().find(function);
        if (reached != fuzz::reached().end() && reached->second.contains(0))
            continue;
        std::printf("%s does not succeed in any input\n", function.c_str());
        ++missing;
    }
    std::printf("%zu of %zu functions reached\n", functions.size() - missing, functions.size());
    return !functions.empty() && missing == 0;
}

} // namespace

int main(int argc, char** argv)
{
    const char* spec = nullptr;
    bool good = true;
    std::size_t inputs = 0;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--help") == 0) {
            usage();
            return 0;
        }
        if (std::strcmp(argv[i], "--trace") == 0) {
            fuzz::Session::tracing = true;
        } else if (std::strcmp(argv[i], "--debug") == 0) {
            fuzz::Session::tracing = true;
            fuzz::set_debugging(fuzz::Debugging::shown);
        } else if (std::strcmp(argv[i], "--reach") == 0 && i + 1 < argc) {
            spec = argv[++i];
            fuzz::note_reach();
        } else {
            for (const fs::path& file : files_of(argv[i])) {
                good = run_file(file) && good;
                ++inputs;
            }
        }
    }
    std::printf("%zu inputs run\n", inputs);
    if (spec)
        good = report_reach(spec) && good;
    return good && inputs != 0 ? 0 : 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/cli.h"

#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <new>
#include <string>
#include <system_error>

namespace headroom::cli {

namespace {

const Command* findCommand(std::string_view name) {
    for (const Command* command : commands()) {
        if (command->name == name) {
            return command;
        }
    }
    return nullptr;
}

std::string globalHelp() {
    std::string text = "Usage: headroom                      open the window\n"
                       "       headroom COMMAND [options]    without a window or a display\n\n"
                       "Commands:\n";
    for (const Command* command : commands()) {
        std::string line = "  " + std::string(command->name);
        line.resize(14, ' ');
        text += line + std::string(command->summary) + '\n';
    }
    text += "\n  headroom COMMAND --help    options of one command\n"
            "  headroom --version         version of the program\n\n"
            "MODEL is a preset's name (qwen3-8b), a config.json, or a folder that holds one.\n"
            "Exit codes: 0 done, 1 the input is bad, 2 usage, 3 a comparison failed.\n";
    return text;
}

int report(const std::string& command, const Failure& failure) {
    std::string text = failure.message;
    if (failure.code == UsageError) {
        const std::string name = command.empty() ? "headroom" : "headroom " + command;
        text = name + ": " + text + "\nTry '" + name + " --help'.";
    }
    std::fprintf(stderr, "%s\n", text.c_str());
    return failure.code;
}

/// A full disk or a closed pipe must not pass for success.
int finish(int code) {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::fputs("standard output: cannot be written\n", stderr);
        return code == Done ? BadInput : code;
    }
    return code;
}

int dispatch(std::string_view name, std::span<char*> rest) {
    if (name == "--help" || name == "-h") {
        printText(globalHelp());
        return Done;
    }
    if (name == "help") {
        const Command* topic = rest.empty() ? nullptr : findCommand(rest[0]);
        printText(topic == nullptr ? globalHelp() : helpText(*topic));
        return Done;
    }
    if (name == "--version") {
        printText("headroom " HEADROOM_VERSION "\n");
        return Done;
    }
    const Command* command = findCommand(name);
    if (command == nullptr) {
        std::vector<std::string> names;
        for (const Command* known : commands()) {
            names.emplace_back(known->name);
        }
        std::string message = "unknown command \"" + std::string(name) + "\"";
        if (const auto nearest = nearestNames(name, names, 1); !nearest.empty()) {
            message += "; did you mean " + nearest.front() + "?";
        }
        failUsage(message);
    }
    const Arguments arguments = Arguments::parse(*command, rest);
    if (arguments.wantsHelp()) {
        printText(helpText(*command));
        return Done;
    }
    return command->run(arguments);
}

} // namespace

bool handles(int argc, char** argv) {
    if (argc < 2) {
        return false;
    }
    const std::string_view first = argv[1];
    if (first == "--help" || first == "-h" || first == "help" || first == "--version" ||
        findCommand(first) != nullptr) {
        return true;
    }
    // What is left is for the window: a file or folder to open, or an option of the toolkit.
    std::error_code error;
    return !first.starts_with('-') && !std::filesystem::exists(first, error);
}

int run(int argc, char** argv) {
    const std::span<char*> words(argv, static_cast<std::size_t>(argc));
    const std::string_view name = words.size() > 1 ? words[1] : "--help";
    try {
        return finish(dispatch(name, words.subspan(std::min<std::size_t>(2, words.size()))));
    } catch (const Failure& failure) {
        const Command* command = findCommand(name);
        return finish(report(command == nullptr ? "" : std::string(name), failure));
    } catch (const std::bad_alloc&) {
        std::fputs("out of memory\n", stderr);
        return BadInput;
    }
}

} // namespace headroom::cli

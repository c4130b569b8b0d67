// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over every file of its corpus and over damaged copies of each, without
// libFuzzer, so that an ordinary test run covers what fuzzing found.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 2;
    }
    std::mt19937 generator(1);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::vector<char> text{std::istreambuf_iterator<char>(stream), {}};
        const std::vector<std::uint8_t> original(text.begin(), text.end());
        LLVMFuzzerTestOneInput(original.data(), original.size());
        for (int round = 0; round < 500 && !original.empty(); ++round) {
            std::vector<std::uint8_t> damaged = original;
            for (int change = 0; change <= round % 4; ++change) {
                damaged[generator() % damaged.size()] =
                    static_cast<std::uint8_t>(generator() & 0xffU);
            }
            if (round % 3 == 0) {
                damaged.resize(generator() % (damaged.size() + 1));
            }
            LLVMFuzzerTestOneInput(damaged.data(), damaged.size());
        }
        ++files;
    }
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}

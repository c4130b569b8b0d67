// SPDX-License-Identifier: GPL-3.0-or-later
// Why a run on the engine ends early: what is wrong with a checkpoint, or with what was asked.
#include "widgets/words/core_phrases.h"

#include <QtGlobal>

#include <array>

namespace headroom::ui {

namespace {

const std::array runPhrases{
    QT_TRANSLATE_NOOP("Core", "was cancelled"),
    QT_TRANSLATE_NOOP("Core", "found a limit of %1 bytes, expected at least %2 for the smallest "
                              "design of this kind and these contexts"),
    QT_TRANSLATE_NOOP("Core", "found %1, expected the %2 that the computer's profile was measured "
                              "with"),
    QT_TRANSLATE_NOOP("Core", "found a pattern of layers that %1 layers cannot have, expected one "
                              "that repeats"),
    QT_TRANSLATE_NOOP("Core", "needs %1 bytes, found a limit of %2; expected a smaller model, a "
                              "shorter context or bf16 weights"),
    QT_TRANSLATE_NOOP("Core", "needs %1 bytes, found %2 available; expected a smaller model, a "
                              "shorter context or bf16 weights"),
    QT_TRANSLATE_NOOP("Core", "found %1, an encoder; expected a decoder"),
    QT_TRANSLATE_NOOP("Core", "cannot be opened: %1"),
    QT_TRANSLATE_NOOP("Core", "cannot be mapped: %1"),
    QT_TRANSLATE_NOOP("Core", "expected a regular file"),
    QT_TRANSLATE_NOOP("Core", "expected an object with dtype, shape and data_offsets"),
    QT_TRANSLATE_NOOP("Core", "found dtype %1, expected F32, F16, BF16 or I64"),
    QT_TRANSLATE_NOOP("Core", "found dtype I64, expected F32, F16 or BF16"),
    QT_TRANSLATE_NOOP("Core", "expected shape to be a list of sizes"),
    QT_TRANSLATE_NOOP("Core", "found a size in shape that is no whole number of at least 0"),
    QT_TRANSLATE_NOOP("Core", "expected data_offsets to be [begin, end]"),
    QT_TRANSLATE_NOOP("Core", "found data_offsets %1, expected them inside the file's %2 bytes of "
                              "data: the file is truncated or damaged"),
    QT_TRANSLATE_NOOP("Core", "found its data at byte %1, expected %2: it overlaps another tensor"),
    QT_TRANSLATE_NOOP("Core", "found its data at byte %1, expected %2: a gap lies before it"),
    QT_TRANSLATE_NOOP("Core", "found %1 bytes, expected %2 from its header"),
    QT_TRANSLATE_NOOP("Core", "found %1 bytes, expected at least 8"),
    QT_TRANSLATE_NOOP("Core", "found a header of %1 bytes, expected at most %2"),
    QT_TRANSLATE_NOOP("Core", "found %1 bytes, expected %2 for %3"),
    QT_TRANSLATE_NOOP("Core", "found no JSON object"),
    QT_TRANSLATE_NOOP("Core", "found twice in the header, expected once"),
    QT_TRANSLATE_NOOP("Core", "found shape %1, expected %2"),
    QT_TRANSLATE_NOOP("Core", "found a tensor that this configuration does not have"),
    QT_TRANSLATE_NOOP("Core", "found a weight that is no finite number at element %1, expected "
                              "finite numbers"),
    QT_TRANSLATE_NOOP("Core", "not found, expected an object"),
    QT_TRANSLATE_NOOP("Core", "not found, expected %1"),
    QT_TRANSLATE_NOOP("Core", "expected the name of a file"),
    QT_TRANSLATE_NOOP("Core", "found in two files, expected in one"),
    QT_TRANSLATE_NOOP("Core", "lists no file"),
};

} // namespace

std::span<const char* const> coreRunPhrases() {
    return runPhrases;
}

} // namespace headroom::ui

# SPDX-License-Identifier: GPL-3.0-or-later
# Writes OUTPUT, a C++ source that holds every JSON file below PRESETS_DIR as text, so that the
# program needs no file beside it.
file(GLOB_RECURSE files RELATIVE "${PRESETS_DIR}" "${PRESETS_DIR}/*.json")
list(SORT files)
set(text "// Generated from presets/ by cmake/EmbedPresets.cmake.\n#include \"core/presets/embedded_presets.h\"\n\nnamespace headroom {\nnamespace {\n\nconstexpr EmbeddedFile table[] = {\n")
file(WRITE "${OUTPUT}.new" "${text}")
foreach(file IN LISTS files)
    file(READ "${PRESETS_DIR}/${file}" content)
    file(APPEND "${OUTPUT}.new" "    {\"${file}\", R\"json_text(${content})json_text\"},\n")
endforeach()
file(APPEND "${OUTPUT}.new" "};\n\n} // namespace\n\nstd::span<const EmbeddedFile> embedded_presets() { return table; }\n\n} // namespace headroom\n")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")

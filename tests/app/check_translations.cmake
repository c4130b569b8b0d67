# SPDX-License-Identifier: GPL-3.0-or-later
# Fails where a visible string has no finished translation: lupdate writes into a copy of the
# translation file, and the copy must then hold nothing unfinished and nothing that is gone.
# Variables: SOURCE_DIR, WORK_DIR, LUPDATE.
set(committed "${SOURCE_DIR}/resources/translations/headroom_zh_CN.ts")
set(updated "${WORK_DIR}/headroom_zh_CN.ts")
file(MAKE_DIRECTORY "${WORK_DIR}")
configure_file("${committed}" "${updated}" COPYONLY)
execute_process(
    COMMAND "${LUPDATE}" -silent -I "${SOURCE_DIR}" -locations none "${SOURCE_DIR}/app" "${SOURCE_DIR}/widgets"
            -ts "${updated}"
    RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(failed)
    message(FATAL_ERROR "lupdate failed: ${output}")
endif()

file(STRINGS "${updated}" lines ENCODING UTF-8)
set(problems 0)
set(source "")
foreach(line IN LISTS lines)
    if(line MATCHES "<source>(.*)")
        set(source "${CMAKE_MATCH_1}")
    endif()
    if(line MATCHES "type=\"(unfinished|vanished|obsolete)\"")
        math(EXPR problems "${problems} + 1")
        message("${CMAKE_MATCH_1}: ${source}")
    endif()
endforeach()
if(problems GREATER 0)
    message(FATAL_ERROR "${problems} strings to translate or drop: run scripts/update-translations.sh")
endif()

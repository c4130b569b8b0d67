# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DWORK=FOLDER -DRULES=LIST -P self_test.cmake: makes a tree that keeps every rule and, for each
# rule, one that breaks it; the rules must tell them apart.
cmake_minimum_required(VERSION 3.25)

set(licence "// SPDX-License-Identifier: GPL-3.0-or-later\n")
set(good_model [[{"model_type": "llama", "headroom":
    {"name": "Tiny-1B", "family": "Tiny", "source": "a paper", "published_parameters": "1B"}}]])

function(make_tree folder)
    file(REMOVE_RECURSE "${folder}")
    file(WRITE "${folder}/core/base/a.h" "${licence}#include <vector>\n")
    file(WRITE "${folder}/widgets/a.h" "${licence}#include <QWidget>\n#include \"core/base/a.h\"\n")
    file(WRITE "${folder}/presets/models/tiny-1b.json" "${good_model}")
endfunction()

# run(FOLDER RULE RESULT OUTPUT)
function(run folder rule result output)
    execute_process(
        COMMAND ${CMAKE_COMMAND} -DROOT=${folder} -DRULE=${rule} -P ${CMAKE_CURRENT_LIST_DIR}/rules.cmake
        RESULT_VARIABLE code ERROR_VARIABLE text OUTPUT_QUIET)
    set(${result} ${code} PARENT_SCOPE)
    set(${output} "${text}" PARENT_SCOPE)
endfunction()

# expect_broken(RULE FILE CONTENT): the good tree with this one file more must break the rule.
function(expect_broken rule file content)
    make_tree("${WORK}/bad")
    file(WRITE "${WORK}/bad/${file}" "${content}")
    run("${WORK}/bad" ${rule} code text)
    if(code EQUAL 0)
        message(SEND_ERROR "${rule} did not find the violation in ${file}: ${content}")
    elseif(NOT text MATCHES "${file}")
        message(SEND_ERROR "${rule} failed without naming ${file}: ${text}")
    endif()
endfunction()

make_tree("${WORK}/good")
foreach(rule IN LISTS RULES)
    run("${WORK}/good" ${rule} code text)
    if(NOT code EQUAL 0)
        message(SEND_ERROR "${rule} fails on a tree that keeps it: ${text}")
    endif()
endforeach()

expect_broken(core_without_qt core/b.cpp "${licence}#include <QString>\n")
expect_broken(core_without_qt core/deep/b.cpp "${licence}  #  include \"app/main.h\"\n")
expect_broken(widgets_without_app widgets/b.cpp "${licence}#include \"app/document.h\"\n")
expect_broken(rooms_point_down core/config/b.cpp "${licence}#include \"core/study/study.h\"\n")
expect_broken(rooms_point_down core/explain/b.h "${licence}#include \"core/claims/check_table.h\"\n")
expect_broken(rooms_point_down widgets/words/b.cpp "${licence}#include \"widgets/pages/page.h\"\n")
expect_broken(rooms_point_down core/analysis/b.cpp "${licence}#include <vector>\n")
expect_broken(kinds_are_visited core/base/b.cpp "${licence}auto x = std::get_if<LatentAttention>(&kind);\n")
expect_broken(kinds_are_visited widgets/words/b.cpp "${licence}bool x = holds_alternative<PlainSum>(r);\n")
expect_broken(one_list app/cli/b.cpp "${licence}    OptionSpec{\"--tp\", \"N\", \"tensor parallel\"},\n")
expect_broken(one_list core/explore/b.h "${licence}struct SpaceFigure {\n")
expect_broken(one_list widgets/pages/b.h
    "${licence}QString id() const override { return QStringLiteral(\"b\"); }\n")
expect_broken(presets_name_their_source presets/models/b.json "{\"model_type\": \"llama\"}")
string(REPLACE "a paper" "" no_source "${good_model}")
expect_broken(presets_name_their_source presets/models/tiny-1b.json "${no_source}")
expect_broken(presets_name_their_source presets/models/other.json "${good_model}")
expect_broken(presets_name_their_source presets/hardware/b.json "{\"id\": \"b\", \"memory_bytes\": 1}")
expect_broken(presets_name_their_source presets/measurements/b.json "{\"decode\": []}")
expect_broken(presets_name_their_source presets/tables/b.json "{\"rows\": []}")
string(CONCAT machine_path "see /ho" "me/somebody/notes")
expect_broken(no_machine_paths docs/b.md "${machine_path}")
expect_broken(licence_line widgets/b.cpp "int x;\n")

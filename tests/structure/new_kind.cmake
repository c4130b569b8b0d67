# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DROOT=FOLDER -DWORK=FOLDER -DCOMPILER=CXX -DINCLUDES=DIR|DIR -P new_kind.cmake: adds a kind of sub-layer, and
# then a way of joining the residual stream, to a copy of the header that lists them. Every source of core that names
# the kinds must then fail to compile and the compiler must name the new one: nothing answers for it in silence.
# docs/adding-an-architecture.md names each of them.
cmake_minimum_required(VERSION 3.25)

# Sources that name kinds and need no answer for another one, each with why.
set(kind_exceptions
    "core/config/expand.cpp|makes the kinds"
    "core/engine/attention_pass.cpp|runs one kind"
    "core/engine/latent_attention_pass.cpp|runs one kind"
    "core/engine/feed_forward_pass.cpp|runs two kinds, each in a function of its own"
    "core/engine/altup_pass.cpp|reads the activation of its dense feed-forward"
    "core/this_computer/this_computer_attention.cpp|times two kinds, each in a function of its own"
    "core/validation/predicted_rows.cpp|is about experts where it names a kind"
    "core/validation/validation_routing.cpp|is about experts"
    "core/claims/check_claims_structure.cpp|checks claims about experts and dense widths")
set(residual_exceptions
    "core/config/expand.cpp|makes them"
    "core/accounting/autograd_modules.cpp|counts one, in a function of its own"
    "core/engine/altup_pass.cpp|runs one"
    "core/explain/derivation_dims.cpp|asks for AltUp's sizes where a tensor of AltUp is")

string(REPLACE "|" ";" INCLUDES "${INCLUDES}")
set(flags -std=c++20 -fsyntax-only "-I${WORK}" "-I${ROOT}")
foreach(folder IN LISTS INCLUDES)
    if(NOT folder STREQUAL "" AND NOT folder STREQUAL ROOT)
        list(APPEND flags "-idirafter" "${folder}")
    endif()
endforeach()

set(problems "")
file(READ "${ROOT}/docs/adding-an-architecture.md" guide)

# check(HEADER VARIANT NAMES EXCEPTIONS): the header with one alternative more in the variant, in front of the real one.
function(check header variant names exceptions)
    file(REMOVE_RECURSE "${WORK}")
    file(READ "${ROOT}/${header}" text)
    set(patched "${text}")
    string(REGEX REPLACE "(using ${variant} =[^;]*)>;" "\\1, Unheard>;" patched "${patched}")
    string(REGEX REPLACE "\nnamespace headroom {\n"
        "\nnamespace headroom {\nstruct Unheard {\n    friend bool operator==(const Unheard&, const Unheard&) = default;\n};\n"
        patched "${patched}")
    if(NOT patched MATCHES "Unheard>;" OR NOT patched MATCHES "struct Unheard")
        message(FATAL_ERROR "${header}: no variant ${variant} to add to")
    endif()
    file(WRITE "${WORK}/${header}" "${patched}")

    file(GLOB_RECURSE sources RELATIVE "${ROOT}" "${ROOT}/core/*.cpp")
    set(named 0)
    foreach(source IN LISTS sources)
        file(STRINGS "${ROOT}/${source}" hits REGEX "${names}" LIMIT_COUNT 1)
        if(NOT hits)
            continue()
        endif()
        execute_process(COMMAND ${COMPILER} ${flags} "${ROOT}/${source}"
            RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE said)
        set(excepted FALSE)
        foreach(exception IN LISTS exceptions)
            if(exception MATCHES "^${source}\\|")
                set(excepted TRUE)
            endif()
        endforeach()
        if(failed AND excepted)
            list(APPEND problems "${source} answers for every kind now; it needs no exception")
        elseif(NOT failed AND NOT excepted)
            list(APPEND problems "${source} names kinds and compiles with one that it has not heard of")
        elseif(failed AND NOT said MATCHES "Unheard")
            list(APPEND problems "${source} does not compile, for another reason than the new kind: ${said}")
        elseif(failed)
            cmake_path(GET source FILENAME filename)
            string(FIND "${guide}" "${filename}" told)
            if(told EQUAL -1)
                list(APPEND problems "docs/adding-an-architecture.md does not name ${source}")
            endif()
            math(EXPR named "${named} + 1")
        endif()
    endforeach()
    message(STATUS "${variant}: the compiler names ${named} sources")
    if(named LESS 4)
        list(APPEND problems "${variant}: only ${named} sources fail; is the copied header read at all?")
    endif()
    set(problems "${problems}" PARENT_SCOPE)
endfunction()

check(core/config/sub_layer.h SubLayerKind
    "GroupedQueryAttention|LatentAttention|DenseFeedForward|MixtureOfExperts" "${kind_exceptions}")
check(core/config/residual_spec.h ResidualSpec "PlainSum|AltUpSpec" "${residual_exceptions}")

if(problems)
    list(JOIN problems "\n  " listing)
    message(FATAL_ERROR "new_kind:\n  ${listing}")
endif()

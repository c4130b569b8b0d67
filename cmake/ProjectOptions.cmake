# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of the project is compiled with; linked PRIVATE, so that nothing leaks out.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# ccache makes a second build of the same sources cheap; it is used where it is installed.
find_program(HEADROOM_CCACHE ccache)
if(HEADROOM_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${HEADROOM_CCACHE}")
endif()

add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    $<$<BOOL:${HEADROOM_WERROR}>:-Werror>)
# GCC calls it shadowing when an enumerator of a scoped enumeration has the name of a type, though the
# one is never found in place of the other (clang does not); of -Wshadow it keeps what concerns variables.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(project_options INTERFACE -Wno-shadow -Wshadow=local)
    # GCC 12 sees overlapping copies inside std::string's operator+ that are none (GCC bug 105651).
    target_compile_options(project_options INTERFACE -Wno-restrict)
    # From GCC 13 on every function that takes a temporary and returns a reference is suspect, also where
    # the reference is into something else (GCC bug 107532).
    if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
        target_compile_options(project_options INTERFACE -Wno-dangling-reference)
    endif()
endif()
if(HEADROOM_SANITIZE)
    target_compile_options(project_options INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(project_options INTERFACE -fsanitize=address,undefined)
endif()

# Qt targets add this: an untranslated literal should not turn into a QString by accident.
add_library(project_qt_options INTERFACE)
target_compile_definitions(project_qt_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# compile_together(TARGET PIECES): under HEADROOM_UNITY the sources of TARGET are compiled in PIECES pieces.
# Most of the time of a file of the window goes into Qt's headers, which each piece reads once. Names in
# anonymous namespaces have to differ within a piece for it.
function(compile_together target pieces)
    if(NOT HEADROOM_UNITY)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    list(LENGTH sources count)
    math(EXPR batch "(${count} + ${pieces} - 1) / ${pieces}")
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
endfunction()

# compile_folders_together(TARGET FOLDER...): the same, a piece for each folder; other sources stay apart.
function(compile_folders_together target)
    if(NOT HEADROOM_UNITY)
        return()
    endif()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    get_target_property(sources ${target} SOURCES)
    foreach(folder IN LISTS ARGN)
        set(group ${sources})
        list(FILTER group INCLUDE REGEX "(^|/)${folder}/[^/]*\\.cpp$")
        set_source_files_properties(${group} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${folder})
    endforeach()
endfunction()

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

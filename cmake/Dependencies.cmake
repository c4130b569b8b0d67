# SPDX-License-Identifier: GPL-3.0-or-later
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Threads REQUIRED)
find_package(hwy 1.0.3 CONFIG REQUIRED) # vector kernels of the engine, chosen at run time
if(HEADROOM_BUILD_GUI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Svg LinguistTools)
    # Debian and Ubuntu name the package QCustomPlotQt6; this alias is the only place that knows.
    find_package(QCustomPlotQt6 CONFIG REQUIRED)
    add_library(headroom_qcustomplot INTERFACE)
    target_link_libraries(headroom_qcustomplot INTERFACE QCustomPlotQt6::QCustomPlotQt6 Qt6::PrintSupport)
endif()
if(BUILD_TESTING)
    find_package(Qt6 6.4 QUIET COMPONENTS Core Test)
endif()

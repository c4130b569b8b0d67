# SPDX-License-Identifier: GPL-3.0-or-later
# Where an installed Headroom keeps what: the program, its presets, and what a desktop needs to show it.
include(GNUInstallDirs)
if(TARGET headroom)
    install(TARGETS headroom RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    install(FILES ${PROJECT_SOURCE_DIR}/resources/headroom.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES ${PROJECT_SOURCE_DIR}/resources/icons/headroom.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/presets/
        DESTINATION ${CMAKE_INSTALL_DATADIR}/headroom/presets)
    install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()

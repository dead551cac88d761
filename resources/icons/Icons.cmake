# SPDX-License-Identifier: GPL-3.0-or-later
# The icons the interface uses, taken from the npm package lucide-static (ISC). Packaging scripts run
# `npm ci` before the build; a bare configure does it here.
set(NEOLINGUS_ICON_NAMES
    arrow-down arrow-left arrow-right arrow-up badge-check bell book-open book-open-check bookmark
    calendar-clock chart-line check check-check chevron-down chevron-left chevron-right chevron-up circle
    circle-alert circle-check circle-dashed circle-dot circle-help circle-pause circle-play circle-slash
    circle-user circle-x clock clock-alert clock-plus cloud cloud-off command contrast copy database
    door-open download ear ellipsis eye eye-off flag flag-off flame globe graduation-cap grip-vertical
    hand hard-drive headphones hourglass house inbox info key key-round keyboard languages layers
    library-big lightbulb link list-checks list-filter lock lock-open log-in log-out mail menu
    message-circle message-square mic monitor monitor-smartphone moon notebook-pen notebook-text octagon-alert palette
    panel-left panel-left-close panel-left-open pause pen-line pencil play plus presentation puzzle quote
    radio refresh-cw rotate-ccw save school search send server settings shield shield-check sparkles
    square square-check square-pen square-stack sun target text-cursor-input timer trash-2 triangle-alert
    trophy undo-2 unlink user user-check users volume-2 wifi wifi-low wifi-off x zap)

set(NEOLINGUS_LUCIDE_DIR "${CMAKE_CURRENT_LIST_DIR}/node_modules/lucide-static")
if(NOT EXISTS "${NEOLINGUS_LUCIDE_DIR}/icons/house.svg")
    find_program(NEOLINGUS_NPM npm REQUIRED)
    message(STATUS "Fetching the icons with npm ci")
    execute_process(COMMAND ${NEOLINGUS_NPM} ci --no-progress
        WORKING_DIRECTORY "${CMAKE_CURRENT_LIST_DIR}" RESULT_VARIABLE npm_result OUTPUT_QUIET)
    if(NOT npm_result EQUAL 0)
        message(FATAL_ERROR "The icons could not be fetched: run `npm ci` in resources/icons")
    endif()
endif()

# neolingus_add_icons(target): embeds the icons under :/neolingus/icons.
function(neolingus_add_icons target)
    set(files)
    foreach(name IN LISTS NEOLINGUS_ICON_NAMES)
        set(file "${NEOLINGUS_LUCIDE_DIR}/icons/${name}.svg")
        if(NOT EXISTS "${file}")
            message(FATAL_ERROR "lucide-static has no icon named ${name}")
        endif()
        set_source_files_properties("${file}" PROPERTIES QT_RESOURCE_ALIAS "${name}.svg")
        list(APPEND files "${file}")
    endforeach()
    qt_add_resources(${target} "neolingus_icons" PREFIX "/neolingus/icons" FILES ${files})
endfunction()

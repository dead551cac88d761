# SPDX-License-Identifier: GPL-3.0-or-later
# Inter (SIL Open Font License 1.1) from the distribution's package fonts-inter, embedded at build
# time so that the program looks the same everywhere.
find_path(NEOLINGUS_INTER_DIR Inter-Regular.otf
    PATHS /usr/share/fonts/opentype/inter /usr/share/fonts/inter NO_DEFAULT_PATH)
if(NOT NEOLINGUS_INTER_DIR)
    message(FATAL_ERROR "The Inter fonts are missing: install the package fonts-inter")
endif()

# neolingus_add_fonts(target): embeds the weights the interface uses under :/neolingus/fonts.
function(neolingus_add_fonts target)
    set(files)
    foreach(style Regular Italic Medium SemiBold)
        set(file "${NEOLINGUS_INTER_DIR}/Inter-${style}.otf")
        set_source_files_properties("${file}" PROPERTIES QT_RESOURCE_ALIAS "Inter-${style}.otf")
        list(APPEND files "${file}")
    endforeach()
    qt_add_resources(${target} "neolingus_fonts" PREFIX "/neolingus/fonts" FILES ${files})
endfunction()

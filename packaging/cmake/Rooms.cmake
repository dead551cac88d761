# SPDX-License-Identifier: GPL-3.0-or-later
# One function per kind of target. A room is one static library under core/ or app/;
# who may include whom is design law, checked by tests/house.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(QT_QML_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/qml_modules")
add_compile_options(-fPIC)

find_program(NEOLINGUS_LLD ld.lld)
if(NEOLINGUS_LLD)
    add_link_options(-fuse-ld=lld)
endif()
if(NEOLINGUS_SANITIZE)
    add_compile_options(-fsanitize=${NEOLINGUS_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${NEOLINGUS_SANITIZE})
endif()

add_library(neolingus_flags INTERFACE)
target_compile_definitions(neolingus_flags INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING QT_STRICT_ITERATORS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_FOREACH)
target_compile_options(neolingus_flags INTERFACE -Wall -Wextra -Wpedantic
    # What Qt's QML compiler writes shadows and converts freely.
    $<$<NOT:$<BOOL:$<TARGET_PROPERTY:NEOLINGUS_GENERATED>>>:-Wshadow;-Wconversion>
    $<$<BOOL:${NEOLINGUS_WERROR}>:-Werror>
    # With optimisation g++ 12 sees these inside the standard library where they are not.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread;-Wno-stringop-overflow;-Wno-array-bounds;-Wno-maybe-uninitialized;-Wno-restrict;-Wno-free-nonheap-object>)

# Headers that nearly every file reads, compiled once.
add_library(neolingus_pch STATIC "${CMAKE_CURRENT_LIST_DIR}/pch.cpp")
target_link_libraries(neolingus_pch PUBLIC neolingus_flags Qt6::Core)
target_precompile_headers(neolingus_pch PRIVATE
    <QByteArray> <QDateTime> <QFuture> <QFutureWatcher> <QHash> <QJsonArray> <QJsonDocument>
    <QJsonObject> <QList> <QLoggingCategory> <QObject> <QPromise> <QString> <QUrl>
    <chrono> <functional> <memory> <optional> <span> <variant> <vector>)
if(NEOLINGUS_TESTING)
    # A test's own code is compiled more often than it runs long. Qt would tell each test its folder
    # by a macro, and its qtest.h reads which libraries are there: both make the headers another text.
    # Nothing asks for the folder, and qtest.h itself is short.
    set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
    add_library(neolingus_test_pch STATIC "${CMAKE_CURRENT_LIST_DIR}/pch.cpp")
    target_link_libraries(neolingus_test_pch PUBLIC neolingus_flags Qt6::Core Qt6::Test)
    target_compile_options(neolingus_test_pch PRIVATE -O0)
    target_precompile_headers(neolingus_test_pch PRIVATE
        <QtTest/qsignalspy.h> <QtTest/qtestcase.h> <QtTest/qtestdata.h>
        <QAbstractItemModel> <QBitArray> <QCborMap> <QCoreApplication> <QDir> <QFile> <QFuture>
        <QFutureWatcher> <QJsonArray> <QJsonDocument> <QJsonObject> <QProcess>
        <QPromise> <QRegularExpression> <QTemporaryDir> <QUrl> <QUuid> <algorithm> <chrono> <deque>
        <functional> <map> <memory> <mutex> <optional> <set> <span> <string> <thread> <variant> <vector>)
endif()

# neolingus_room(<name> [PREFIX core] SOURCES ... LINKS ...): static library <prefix>_<name>,
# alias <Prefix>::<name>.
function(neolingus_room name)
    cmake_parse_arguments(ROOM "" "PREFIX" "SOURCES;LINKS" ${ARGN})
    if(NOT ROOM_PREFIX)
        set(ROOM_PREFIX core)
    endif()
    set(target ${ROOM_PREFIX}_${name})
    add_library(${target} STATIC ${ROOM_SOURCES})
    string(SUBSTRING ${ROOM_PREFIX} 0 1 first)
    string(TOUPPER ${first} first)
    string(SUBSTRING ${ROOM_PREFIX} 1 -1 rest)
    add_library(${first}${rest}::${name} ALIAS ${target})
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/core" "${PROJECT_SOURCE_DIR}/app")
    target_link_libraries(${target} PUBLIC neolingus_flags Qt6::Core ${ROOM_LINKS})
    target_precompile_headers(${target} REUSE_FROM neolingus_pch)
endfunction()

# neolingus_test(tst_name LABEL unit SOURCES ... LINKS ...): a Qt Test program with a private home.
function(neolingus_test name)
    cmake_parse_arguments(CASE "" "LABEL;TIMEOUT" "SOURCES;LINKS;FIXTURES" ${ARGN})
    if(NOT CASE_SOURCES)
        set(CASE_SOURCES ${name}.cpp)
    endif()
    if(NOT CASE_TIMEOUT)
        set(CASE_TIMEOUT 120)
    endif()
    add_executable(${name} ${CASE_SOURCES})
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/core" "${PROJECT_SOURCE_DIR}/app" "${PROJECT_SOURCE_DIR}/tests")
    target_link_libraries(${name} PRIVATE neolingus_flags Qt6::Test ${CASE_LINKS})
    target_compile_options(${name} PRIVATE -O0)
    target_precompile_headers(${name} REUSE_FROM neolingus_test_pch)
    add_test(NAME ${name} COMMAND "${PROJECT_SOURCE_DIR}/tests/support/in-private-home" $<TARGET_FILE:${name}>)
    set_tests_properties(${name} PROPERTIES LABELS ${CASE_LABEL} TIMEOUT ${CASE_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;QT_QUICK_CONTROLS_STYLE=Basic;NEOLINGUS_SOURCE_DIR=${PROJECT_SOURCE_DIR};NEOLINGUS_BINARY_DIR=${PROJECT_BINARY_DIR}")
endfunction()

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

/// Where the parts of a JSON text lie, without building values: what must pass through unchanged
/// (numbers of more than 64 bits, payloads to be hashed or forwarded) is taken as exact text.
/// The views point into the given text. Malformed text gives nullopt, never more than that.
struct JsonMember
{
    QString name;
    QByteArrayView value;
};

/// The exact texts of an array's elements.
std::optional<QList<QByteArrayView>> jsonElements(QByteArrayView array);
/// The names and exact value texts of an object's members, in the order written.
std::optional<QList<JsonMember>> jsonMembers(QByteArrayView object);

/// True for exactly one JSON text to the letter of RFC 8259, UTF-8, nested no deeper than `deepest`:
/// what is handed on to readers who are stricter than JsonCursor, which lets control characters in
/// strings and escapes nobody knows pass.
bool isStrictJson(QByteArrayView text, int deepest);

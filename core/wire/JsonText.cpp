// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/JsonText.h"

#include "wire/JsonCursor.h"

std::optional<QList<QByteArrayView>> jsonElements(QByteArrayView array)
{
    JsonCursor in(array);
    QList<QByteArrayView> elements;
    in.array([&] { elements.append(in.skip()); });
    return in.finished() ? std::optional(elements) : std::nullopt;
}

std::optional<QList<JsonMember>> jsonMembers(QByteArrayView object)
{
    JsonCursor in(object);
    QList<JsonMember> members;
    in.object([&](QByteArrayView name) {
        const QString called = QString::fromUtf8(name);
        members.append({called, in.skip()});
    });
    return in.finished() ? std::optional(members) : std::nullopt;
}

bool isStrictJson(QByteArrayView text, int deepest)
{
    JsonCursor in(text);
    in.checked();
    if (!in.finished()) {
        return false;
    }
    constexpr QByteArrayView Escapes = "\"\\/bfnrtu";
    bool isInside = false; // a string
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isInside && (uchar(c) < 0x20 || (c == '\\' && !Escapes.contains(text[++i])))) {
            return false;
        }
        if (c == '"') {
            isInside = !isInside;
        } else if (!isInside) {
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        }
        if (depth > deepest) {
            return false;
        }
    }
    return true;
}

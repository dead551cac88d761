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

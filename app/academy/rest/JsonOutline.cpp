// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/JsonOutline.h"

#include "wire/JsonCursor.h"
#include "wire/JsonText.h"

#include <QUtf8StringView>

#include <algorithm>

namespace academy {

namespace {

constexpr int deepest = 512;

/// The names of the object that comes next, sorted, each once.
std::vector<std::string> keysOf(JsonCursor& in)
{
    std::vector<std::string> keys;
    in.object([&](QByteArrayView name) {
        keys.push_back(name.toByteArray().toStdString());
        in.skip();
    });
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

} // namespace

std::optional<JsonOutline> JsonOutline::of(std::string_view text)
{
    const QByteArrayView view(text.data(), static_cast<qsizetype>(text.size()));
    if (!isStrictJson(view, deepest)) {
        return std::nullopt;
    }
    JsonOutline outline;
    JsonCursor in(view);
    if (in.peek() == '{') {
        outline.kind = Kind::Object;
        outline.rows = 1;
        outline.keys = keysOf(in);
    } else if (in.peek() == '[') {
        outline.kind = Kind::Array;
        in.array([&] {
            const bool isObject = in.peek() == '{';
            std::vector<std::string> keys;
            if (isObject) {
                keys = keysOf(in);
            } else {
                in.skip();
            }
            if (outline.rows++ == 0) {
                outline.keys = keys;
            }
            outline.isUniform = outline.isUniform && isObject && keys == outline.keys;
        });
    }
    return outline;
}

bool isUtf8(std::string_view text)
{
    return QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

} // namespace academy

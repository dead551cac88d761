// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace academy {

/// JSON looked at without being converted: members are slices of the original text. The realtime
/// server forwards payloads it does not own, and a number that passed through a double would
/// arrive with other digits than it left with. Every byte is checked, because what one client sends
/// is handed on to others. Pure; slices live as long as the text they cut.
class RawJson
{
public:
    using Text = std::string_view;

    /// The members of a JSON object in their order, as written.
    class Object
    {
    public:
        /// The slice of the last member of that name; nothing when it is absent.
        std::optional<Text> find(Text name) const;
        /// The string of that name, unescaped; nothing when absent or not a string.
        std::optional<std::string> string(Text name) const;
        /// The object of that name; nothing when absent or not an object.
        std::optional<Object> object(Text name) const;

        std::vector<std::pair<std::string, Text>> members;
    };

    /// True for exactly one complete JSON value with nothing but white space around it.
    static bool isValid(Text text);
    /// Members of an object, or nothing when the text is not exactly one valid object.
    static std::optional<Object> object(Text text);
    /// Elements of an array, or nothing when the text is not exactly one valid array.
    static std::optional<std::vector<Text>> array(Text text);
    /// The content of a JSON string, or nothing when the text is no string.
    static std::optional<std::string> unquoted(Text text);
    static bool isObject(Text text) { return !text.empty() && text.front() == '{'; }
    static bool isNull(Text text) { return text == "null"; }
};

} // namespace academy

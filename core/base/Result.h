// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <type_traits>
#include <utility>
#include <variant>

/// A value or the Error that took its place. Reading the wrong side is a programming error and
/// asserts. `Result<void>` says only whether something worked.
template <typename T>
class [[nodiscard]] Result
{
public:
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    Result()
        requires std::is_void_v<T>
        : m_state(std::in_place_index<0>)
    {
    }
    template <typename U = Value>
        requires(!std::is_void_v<T> && std::is_constructible_v<Value, U &&>
            && !std::is_same_v<std::remove_cvref_t<U>, Error>
            && !std::is_same_v<std::remove_cvref_t<U>, Result<T>>)
    Result(U&& value) // NOLINT: a plain value converts to a successful result on purpose
        : m_state(std::in_place_index<0>, std::forward<U>(value))
    {
    }
    Result(Error error) // NOLINT: an error converts to a failed result on purpose
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    const Value& value() const&
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_state);
    }
    Value& value() &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_state);
    }
    Value&& value() &&
    {
        Q_ASSERT(ok());
        return std::move(*std::get_if<0>(&m_state));
    }
    const Error& error() const
    {
        Q_ASSERT(!ok());
        return *std::get_if<1>(&m_state);
    }
    Value valueOr(Value fallback) const { return ok() ? value() : std::move(fallback); }

    const Value* operator->() const { return &value(); }
    const Value& operator*() const { return value(); }

private:
    std::variant<Value, Error> m_state;
};

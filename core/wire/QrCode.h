// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

/// A QR code (ISO/IEC 18004): bytes, error correction level M, the smallest of the versions 1 to 20
/// that fits, so at most 666 bytes. A value.
class QrCode
{
public:
    /// ErrorKind::Invalid, code "qr_too_long".
    static Result<QrCode> of(QByteArrayView text);

    int size() const { return m_size; }
    bool isDark(int x, int y) const { return m_dark[index(x, y)]; }
    /// A drawing with a quiet zone of four modules, one unit per module.
    QByteArray svg() const;

private:
    explicit QrCode(int version);
    size_t index(int x, int y) const { return size_t(y) * size_t(m_size) + size_t(x); }
    void set(int x, int y, bool dark);
    void drawFinder(int x, int y);
    void drawAlignment(int x, int y);
    void drawFixedParts(int version);
    void drawFormat(int mask);
    void drawData(const QByteArray& codewords);
    void applyMask(int mask);
    int penalty() const;
    int linePenalty(bool rows) const;

    int m_size;
    std::vector<bool> m_dark;
    std::vector<bool> m_fixed; ///< modules that carry no data
};

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQuickImageProvider>

/// Draws the embedded line icons in any colour: image://icons/<name>/<rrggbb>. The pictures are
/// vector files, so every size is sharp. Thread-safe: it keeps no state.
class IconProvider : public QQuickImageProvider
{
public:
    IconProvider();
    QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

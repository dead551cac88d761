// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class App;

/// Invented moments for every page: full, empty, loading, offline and failed. The self-test shows
/// them without an academy and without anybody's data. GUI thread.
namespace Gallery {

/// One thing to show: a page as somebody of this role, in one of its states.
struct Scene
{
    QString name;
    QString page;
    QString role; ///< nobody, guest, student or teacher
    QString press {}; ///< the control that is pressed once the page is there; empty for none
};

QList<Scene> scenes();
/// Brings the controllers of `app` into the state of this scene.
void stage(App& app, const Scene& scene);

} // namespace Gallery

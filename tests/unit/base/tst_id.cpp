// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Id.h"

#include <QSet>
#include <QTest>

static_assert(!std::is_constructible_v<UserId, CourseId>, "ids of different kinds do not mix");
static_assert(!std::is_convertible_v<QString, UserId>, "a text becomes an id only on purpose");

class TestId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesAndHashesByText()
    {
        const UserId a(QStringLiteral("a"));
        const UserId b(QStringLiteral("b"));
        QVERIFY(a < b);
        QVERIFY(a == UserId(QStringLiteral("a")));
        QCOMPARE(QSet<UserId>({a, b, a}).size(), 2);
        QVERIFY(UserId().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestId)
#include "tst_id.moc"

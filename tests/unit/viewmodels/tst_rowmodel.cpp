// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/Toasts.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

class TestRowModel : public QObject
{
    Q_OBJECT

    static QList<ToastRow> rows(const QStringList& keys)
    {
        QList<ToastRow> list;
        for (const QString& key : keys) {
            ToastRow row;
            row.toast = key.at(0);
            row.text = key;
            list.append(row);
        }
        return list;
    }

    static QStringList texts(const ToastModel& model)
    {
        QStringList list;
        for (const ToastRow& row : model.rows()) {
            list.append(row.text);
        }
        return list;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void becomesTheListItIsGiven_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("inserted");
        QTest::addColumn<int>("removed");
        QTest::addColumn<int>("moved");
        QTest::addColumn<int>("changed");
        QTest::newRow("nothing to something") << "" << "a b c" << 3 << 0 << 0 << 0;
        QTest::newRow("the same again") << "a b c" << "a b c" << 0 << 0 << 0 << 0;
        QTest::newRow("one changed") << "a b c" << "a b2 c" << 0 << 0 << 0 << 1;
        QTest::newRow("one gone from the middle") << "a b c" << "a c" << 0 << 1 << 0 << 0;
        QTest::newRow("one came to the front") << "b c" << "a b c" << 1 << 0 << 0 << 0;
        QTest::newRow("the last moves first") << "a b c" << "c a b" << 0 << 0 << 1 << 0;
        QTest::newRow("all at once") << "a b c d" << "d2 b e" << 1 << 2 << 1 << 1;
        QTest::newRow("something to nothing") << "a b" << "" << 0 << 2 << 0 << 0;
    }
    void becomesTheListItIsGiven()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(int, inserted);
        QFETCH(int, removed);
        QFETCH(int, moved);
        QFETCH(int, changed);
        const QStringList target = after.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        ToastModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(rows(before.split(QLatin1Char(' '), Qt::SkipEmptyParts)));
        QSignalSpy insertions(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy moves(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);

        model.setRows(rows(target));

        QCOMPARE(texts(model), target);
        QCOMPARE(insertions.size(), inserted);
        QCOMPARE(removals.size(), removed);
        QCOMPARE(moves.size(), moved);
        QCOMPARE(changes.size(), changed);
        QCOMPARE(resets.size(), 0);
    }

    void everyPropertyIsARole()
    {
        ToastModel model;
        ToastRow row;
        row.toast = QStringLiteral("1");
        row.text = QStringLiteral("Kept");
        row.tone = QStringLiteral("positive");
        model.putRow(row);
        const QHash<int, QByteArray> names = model.roleNames();
        const QModelIndex first = model.index(0);
        QCOMPARE(first.data(names.key("text")).toString(), QStringLiteral("Kept"));
        QCOMPARE(first.data(names.key("tone")).toString(), QStringLiteral("positive"));
        QVERIFY(!first.data(Qt::UserRole + 99).isValid());
    }

    void oneRowIsReplacedWhereItStands()
    {
        ToastModel model;
        model.setRows(rows({QStringLiteral("a"), QStringLiteral("b")}));
        model.putRow(rows({QStringLiteral("a9")}).constFirst());
        model.putRow(rows({QStringLiteral("c")}).constFirst());
        model.removeRow(QStringLiteral("b"));
        QCOMPARE(texts(model), (QStringList {QStringLiteral("a9"), QStringLiteral("c")}));
        QVERIFY(model.find(QStringLiteral("c")));
        QVERIFY(!model.find(QStringLiteral("b")));
    }
};

QTEST_GUILESS_MAIN(TestRowModel)
#include "tst_rowmodel.moc"

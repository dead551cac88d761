// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ChatModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace {

MessageRow mine(const QString& id, const QString& text)
{
    MessageRow row;
    row.message = id;
    row.mine = true;
    row.text = text;
    return row;
}

MessageRow reply(const QString& id, const QString& text, bool streaming = false)
{
    MessageRow row;
    row.message = id;
    row.text = text;
    row.streaming = streaming;
    return row;
}

QStringList lines(const ChatModel& model)
{
    QStringList all;
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex index = model.index(i);
        const auto said = index.data(ChatModel::SaidRole).value<MessageRow>();
        const auto block = index.data(ChatModel::BlockRole).value<MarkdownBlock>();
        all.append(QStringLiteral("%1 %2 %3").arg(index.data(ChatModel::KindRole).toString(), said.message,
            said.mine ? said.text : block.plain).trimmed());
    }
    return all;
}

QString s(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestChatModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesBecomeLines()
    {
        ChatModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMessages({mine(s("m1"), s("Hi\nthere")), reply(s("r1"), s("One.\n\n- two\n- three")), mine(s("m2"), s("Bye"))});
        QCOMPARE(lines(model),
            QStringList({s("mine m1 Hi\nthere"), s("block r1 One."), s("block r1 two"), s("block r1 three"), s("end r1"), s("mine m2 Bye")}));
        model.setMessages({mine(s("m1"), s("Hi\nthere")), reply(s("r2"), s("Other"))});
        QCOMPARE(lines(model), QStringList({s("mine m1 Hi\nthere"), s("block r2 Other"), s("end r2")}));
        model.removeMessage(s("m1"));
        QCOMPARE(lines(model), QStringList({s("block r2 Other"), s("end r2")}));
        model.removeMessage(s("nobody"));
        model.setMessages({});
        QCOMPARE(model.rowCount(), 0);
    }

    /// The point of the model: what stands above the last line is never told to change.
    void onlyTheLastLinesChangeWhileAReplyGrows()
    {
        ChatModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QString whole;
        for (int i = 0; i < 40; ++i) {
            whole += QStringLiteral("Paragraph %1 of **many**.\n\n- with an item\n\n").arg(i);
        }
        model.setMessages({mine(s("m"), s("?")), reply(s("r"), {}, true)});
        int furthest = 0; ///< how far from the end a change ever was
        int resets = 0;
        connect(&model, &QAbstractItemModel::dataChanged, this, [&](const QModelIndex& first) {
            furthest = std::max(furthest, model.rowCount() - first.row());
        });
        connect(&model, &QAbstractItemModel::rowsInserted, this, [&](const QModelIndex&, int first, int last) {
            furthest = std::max(furthest, model.rowCount() - last);
            QVERIFY(first <= last);
        });
        connect(&model, &QAbstractItemModel::rowsRemoved, this, [&] { ++resets; });
        connect(&model, &QAbstractItemModel::modelReset, this, [&] { ++resets; });
        for (qsizetype size = 1; size <= whole.size(); size += 3) {
            model.putMessage(reply(s("r"), whole.left(size), true));
        }
        model.putMessage(reply(s("r"), whole, false));
        QCOMPARE(resets, 0);
        QVERIFY2(furthest <= 3, qPrintable(QString::number(furthest)));
        ChatModel fresh;
        fresh.setMessages({mine(s("m"), s("?")), reply(s("r"), whole)});
        QCOMPARE(lines(model), lines(fresh));
        QCOMPARE(model.rowCount(), 1 + 80 + 1);
    }

    void aReplyThatGoesOnKeepsItsLines()
    {
        ChatModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMessages({reply(s("r"), s("One.\n\nTw"))});
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.putMessage(reply(s("r"), s("One.\n\nTw"), true));
        model.putMessage(reply(s("r"), s("One.\n\nTwo.\n\nThree"), true));
        model.putMessage(reply(s("r"), s("One.\n\nTwo.\n\nThree."), false));
        QCOMPARE(lines(model), QStringList({s("block r One."), s("block r Two."), s("block r Three."), s("end r")}));
        QCOMPARE(removed.count(), 0);
    }

    void otherWordsTakeThePlaceOfTheOldOnes()
    {
        ChatModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMessages({reply(s("r"), s("One.\n\nTwo.\n\nThree.")), mine(s("m"), s("after"))});
        model.putMessage(reply(s("r"), s("Other.")));
        QCOMPARE(lines(model), QStringList({s("block r Other."), s("end r"), s("mine m after")}));
        QCOMPARE(model.find(s("r"))->text, s("Other."));
        model.putMessage(mine(s("m"), s("changed")));
        QCOMPARE(lines(model).last(), s("mine m changed"));
    }

    void theStateBelowAReplyChangesByItself()
    {
        ChatModel model;
        model.setMessages({reply(s("r"), s("One."), true)});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        MessageRow row = reply(s("r"), s("One."), true);
        row.stateText = s("Writing");
        model.putMessage(row);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    }
};

QTEST_APPLESS_MAIN(TestChatModel)
#include "tst_chatmodel.moc"

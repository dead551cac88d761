// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/OpChain.h"

#include <QCryptographicHash>
#include <QTest>

namespace {

QList<ChainedOp> chainOf(int length)
{
    QList<ChainedOp> ops;
    QByteArray head = chainOrigin();
    for (int i = 1; i <= length; ++i) {
        ChainedOp op;
        op.id = OpId(QStringLiteral("op-%1").arg(i));
        op.seq = i;
        op.item = ItemId(QStringLiteral("q%1").arg(i % 3));
        op.kind = QStringLiteral("answer");
        op.body = R"({"text":"é )" + QByteArray::number(i) + R"("})";
        ops.append(chained(op, head));
        head = ops.last().hash;
    }
    return ops;
}

} // namespace

class TestOpChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashesTheAgreedText()
    {
        const ChainedOp op = chainOf(1).first();
        const QByteArray text = QByteArray(64, '0') + "\nop-1\n1\nq1\nanswer\n{\"text\":\"é 1\"}";
        QCOMPARE(op.hash, QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
        QCOMPARE(op.hash.size(), 64);
    }

    void anEmptyItemStillHasItsLine()
    {
        ChainedOp op;
        op.id = OpId(QStringLiteral("x"));
        op.seq = 7;
        op.kind = QStringLiteral("focus");
        op.body = "{}";
        const QByteArray text = chainOrigin() + "\nx\n7\n\nfocus\n{}";
        QCOMPARE(chained(op, chainOrigin()).hash,
            QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
    }

    void aWholeChainHolds()
    {
        QList<ChainedOp> ops = chainOf(50);
        QVERIFY(!firstBrokenLink(ops, chainOrigin(), 0));
        const std::span tail = std::span(ops).subspan(20);
        QVERIFY(!firstBrokenLink(tail, ops[19].hash, 20));
        QVERIFY(!firstBrokenLink({}, chainOrigin(), 0));
    }

    void everyTamperingIsFound_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("the body was changed") << 0;
        QTest::newRow("the item was changed") << 1;
        QTest::newRow("an operation was removed") << 2;
        QTest::newRow("two operations changed places") << 3;
        QTest::newRow("the kind was changed") << 4;
        QTest::newRow("the id was changed") << 5;
        QTest::newRow("body changed and hash made to fit") << 6;
    }
    void everyTamperingIsFound()
    {
        QFETCH(int, what);
        for (qsizetype at = 0; at < 9; ++at) {
            QList<ChainedOp> ops = chainOf(10);
            qsizetype expected = at;
            switch (what) {
            case 0:
                ops[at].body.append(' ');
                break;
            case 1:
                ops[at].item = ItemId(QStringLiteral("other"));
                break;
            case 2:
                ops.removeAt(at);
                break;
            case 3:
                ops.swapItemsAt(at, at + 1);
                break;
            case 4:
                ops[at].kind = QStringLiteral("flag");
                break;
            case 5:
                ops[at].id = OpId(QStringLiteral("op-99"));
                break;
            case 6:
                ops[at].body.append(' ');
                ops[at].hash = opHash(ops[at]);
                expected = at + 1;
                break;
            }
            QCOMPARE(firstBrokenLink(ops, chainOrigin(), 0), std::optional(expected));
        }
    }
};

QTEST_GUILESS_MAIN(TestOpChain)
#include "tst_opchain.moc"

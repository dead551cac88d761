// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"

#include <QDir>
#include <QTest>

/// The kept inputs of one fuzz target, each whole and cut short at every byte, without libFuzzer.
class TestFuzzCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInputIsHandled_data()
    {
        QTest::addColumn<QByteArray>("input");
        const QDir corpus(QStringLiteral(FUZZ_CORPUS));
        for (const QString& name : corpus.entryList(QDir::Files, QDir::Name)) {
            QFile file(corpus.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QTest::newRow(qPrintable(name)) << file.readAll();
        }
    }
    void everyInputIsHandled()
    {
        QFETCH(QByteArray, input);
        constexpr qsizetype LongestToCut = 4096;
        const qsizetype shortest = input.size() > LongestToCut ? input.size() : 0;
        for (qsizetype size = shortest; size <= input.size(); ++size) {
            LLVMFuzzerTestOneInput(
                reinterpret_cast<const uint8_t*>(input.constData()), size_t(size));
        }
    }

    void thereIsACorpus()
    {
        QVERIFY(QDir(QStringLiteral(FUZZ_CORPUS)).entryList(QDir::Files).size() >= 3);
    }
};

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzzcorpus.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"

#include <QDir>
#include <QTest>

/// The kept inputs of every fuzz target, each whole and cut short at every byte, without libFuzzer.
class TestFuzzCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInputIsHandled_data()
    {
        QTest::addColumn<FuzzTarget::Run>("run");
        QTest::addColumn<QByteArray>("input");
        for (const FuzzTarget* const target : FuzzTarget::all()) {
            const QDir corpus(folderOf(*target));
            for (const QString& name : corpus.entryList(QDir::Files, QDir::Name)) {
                QFile file(corpus.filePath(name));
                QVERIFY(file.open(QIODevice::ReadOnly));
                QTest::addRow("%s/%s", target->name, qPrintable(name))
                    << target->run << file.readAll();
            }
        }
    }
    void everyInputIsHandled()
    {
        QFETCH(FuzzTarget::Run, run);
        QFETCH(QByteArray, input);
        constexpr qsizetype LongestToCut = 4096;
        const qsizetype shortest = input.size() > LongestToCut ? input.size() : 0;
        for (qsizetype size = shortest; size <= input.size(); ++size) {
            run(reinterpret_cast<const uint8_t*>(input.constData()), size_t(size));
        }
    }

    void thereIsACorpusOfEach()
    {
        QCOMPARE(
            QDir(QStringLiteral(FUZZ_CORPUS)).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(),
            qsizetype(FuzzTarget::all().size()));
        for (const FuzzTarget* const target : FuzzTarget::all()) {
            QVERIFY2(QDir(folderOf(*target)).entryList(QDir::Files).size() >= 3, target->name);
        }
    }

private:
    static QString folderOf(const FuzzTarget& target)
    {
        return QStringLiteral(FUZZ_CORPUS "/") + QLatin1String(target.name);
    }
};

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzzcorpus.moc"

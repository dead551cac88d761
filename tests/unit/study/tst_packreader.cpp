// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PackReader.h"

#include "support/ZipFile.h"

#include <openssl/evp.h>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace {

/// JSON written with single quotes: moc loses its way in raw string literals.
QJsonDocument relaxed(const char* json)
{
    return QJsonDocument::fromJson(QByteArray(json).replace('\'', '"'));
}

QJsonObject parse(const char* json)
{
    return relaxed(json).object();
}

const QByteArray sound("a short sound");

/// A small pack with one item of nearly every kind; the broken variants start from it.
QJsonObject wholePack()
{
    QJsonObject pack = parse(
        "{ "
        "'format': 'academy-pack/1', 'id': '0b8f2c52-53b6-4f5e-9a11-7f3c5a2d9e10', 'version': '1.2.3', "
        "'title': {'en': 'Test', 'es': 'Prueba'}, 'targetLang': 'en', 'glossLangs': ['es'], 'cefr': 'B1', "
        "'license': 'CC-BY-4.0', 'attribution': [{'name': 'Somebody', 'license': 'CC0-1.0'}], "
        "'assets': [], "
        "'stimuli': [{'id': 'text', 'text': 'A text.', 'maxPlays': 2}], "
        "'items': [ "
        "{'id': 'note', 'type': 'info', 'prompt': {'en': 'Note'}, 'points': 0, 'content': {'en': 'Read.'}}, "
        "{'id': 'card', 'type': 'flashcard', 'prompt': {'en': '?'}, 'points': 0, "
        "'front': {'en': 'dog'}, 'back': {'es': 'perro'}, 'hint': 'noun', 'example': 'The dog barks.', "
        "'exampleGloss': {'es': 'El perro ladra.'}}, "
        "{'id': 'choice', 'type': 'choice', 'prompt': {'en': '?'}, 'points': 1, 'stimulus': 'text', "
        "'options': [{'id': 'a', 'text': 'A', 'credit': 1}, {'id': 'b', 'text': 'B'}], "
        "'feedback': {'correct': {'en': 'Yes.'}, 'incorrect': {'en': 'No.'}, 'explain': {'en': 'Because.'}}}, "
        "{'id': 'multi', 'type': 'multi', 'prompt': {'en': '?'}, 'points': 2, "
        "'options': [{'id': 'a', 'text': 'A', 'credit': 1}, {'id': 'b', 'text': 'B'}, {'id': 'c', 'text': 'C', 'credit': 1}]}, "
        "{'id': 'tf', 'type': 'truefalse', 'prompt': {'en': '?'}, 'points': 1, 'answer': true}, "
        "{'id': 'cloze', 'type': 'cloze', 'prompt': {'en': '?'}, 'points': 2, 'text': '{{g1}} and {{g2}}', "
        "'gaps': [{'id': 'g1', 'accept': [{'text': 'one'}]}, "
        "{'id': 'g2', 'options': ['two', 'three'], 'accept': [{'text': 'two'}]}]}, "
        "{'id': 'match', 'type': 'match', 'prompt': {'en': '?'}, 'points': 2, "
        "'left': [{'id': 'l1', 'text': '1'}, {'id': 'l2', 'text': '2'}], "
        "'right': [{'id': 'r1', 'text': 'one'}, {'id': 'r2', 'text': 'two'}, {'id': 'r3', 'text': 'three'}], "
        "'pairs': {'l1': 'r1', 'l2': 'r2'}}, "
        "{'id': 'order', 'type': 'order', 'prompt': {'en': '?'}, 'points': 1, "
        "'options': [{'id': 'x', 'text': 'X'}, {'id': 'y', 'text': 'Y'}], 'order': ['y', 'x']}, "
        "{'id': 'short', 'type': 'short', 'prompt': {'en': '?'}, 'points': 1, 'accept': [{'text': 'for', 'match': 'fold'}]}, "
        "{'id': 'essay', 'type': 'essay', 'prompt': {'en': '?'}, 'points': 10, 'minWords': 80, 'maxWords': 120}, "
        "{'id': 'record', 'type': 'record', 'prompt': {'en': '?'}, 'points': 10, 'maxSeconds': 60} "
        "], "
        "'decks': [{'id': 'unit', 'title': {'en': 'Unit'}, 'items': ['note', 'card', 'choice'], 'fsrs': {'desiredRetention': 0.85}}], "
        "'exams': [{'id': 'mock', 'title': {'en': 'Mock'}, 'sections': [ "
        "{'id': 'one', 'weight': 60, 'minutes': 7.5, 'items': ['multi', 'tf'], 'choose': 1}, "
        "{'id': 'two', 'weight': 40, 'navigation': 'forward-only', 'items': ['cloze']}], "
        "'groups': {'all': ['one', 'two']}, "
        "'pass': [{'metric': 'total', 'min': 60}, {'metric': 'group', 'of': 'all', 'min': 50}]}] "
        "} ");
    pack[QStringLiteral("assets")] = QJsonArray {QJsonObject {
        {QStringLiteral("sha256"),
            QString::fromLatin1(QCryptographicHash::hash(sound, QCryptographicHash::Sha256).toHex())},
        {QStringLiteral("path"), QStringLiteral("media/sound.ogg")},
        {QStringLiteral("mime"), QStringLiteral("audio/ogg")}, {QStringLiteral("bytes"), sound.size()},
        {QStringLiteral("license"), QStringLiteral("CC0-1.0")}}};
    return pack;
}

QByteArray json(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray archiveOf(const QJsonObject& manifest)
{
    return zipOf({{QStringLiteral("pack.json"), json(manifest)}, {QStringLiteral("media/sound.ogg"), sound}});
}

/// A copy of `pack` in which the item with this id was changed.
QJsonObject withItem(QJsonObject pack, const QString& id, const std::function<void(QJsonObject&)>& change)
{
    QJsonArray items = pack[QStringLiteral("items")].toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        QJsonObject item = items[i].toObject();
        if (item[QStringLiteral("id")].toString() == id) {
            change(item);
            items[i] = item;
        }
    }
    pack[QStringLiteral("items")] = items;
    return pack;
}

struct KeyPair
{
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key {
        EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free};

    QByteArray publicKey() const
    {
        QByteArray raw(32, '\0');
        std::size_t size = 32;
        EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
        return raw;
    }
    QByteArray sign(const QByteArray& message) const
    {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
        QByteArray signature(64, '\0');
        std::size_t size = 64;
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
            reinterpret_cast<const unsigned char*>(message.constData()), std::size_t(message.size()));
        return signature.toBase64();
    }
};

QByteArray signedManifest(const KeyPair& pair, const QString& keyId)
{
    QJsonObject pack = wholePack();
    const QString placeholder(88, QLatin1Char('A'));
    pack[QStringLiteral("signature")] = QJsonObject {{QStringLiteral("alg"), QStringLiteral("ed25519")},
        {QStringLiteral("keyId"), keyId}, {QStringLiteral("sig"), placeholder}};
    QByteArray manifest = json(pack);
    QByteArray message = manifest;
    message.replace(placeholder.toLatin1(), "");
    manifest.replace(placeholder.toLatin1(), pair.sign(message));
    return manifest;
}

} // namespace

class TestPackReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void aWholePackIsRead()
    {
        const auto pack = PackReader().read(archiveOf(wholePack()));
        QVERIFY2(pack.ok(), qPrintable(pack.ok() ? QString() : pack.error().detail));
        const Pack& read = **pack;
        QCOMPARE(read.version, QStringLiteral("1.2.3"));
        QCOMPARE(read.items.size(), 11);
        QCOMPARE(read.item(ItemId(QStringLiteral("card")))->use, ItemUse::Card);
        QCOMPARE(read.item(ItemId(QStringLiteral("card")))->back.in(QStringLiteral("es")), QStringLiteral("perro"));
        QCOMPARE(read.item(ItemId(QStringLiteral("note")))->use, ItemUse::Note);
        const PackItem* choice = read.item(ItemId(QStringLiteral("choice")));
        QCOMPARE(choice->use, ItemUse::Exercise);
        QCOMPARE(choice->item.stimulus->text, QStringLiteral("A text."));
        QCOMPARE(choice->explanation.in(QStringLiteral("en")), QStringLiteral("Because."));
        const PackUnit* unit = read.unit(UnitId(QStringLiteral("unit")));
        QCOMPARE(unit->items.size(), 3);
        QCOMPARE(unit->scheduling.desiredRetention, 0.85);
        const MockExam* exam = read.exam(MockExamId(QStringLiteral("mock")));
        QCOMPARE(exam->sections[0].length, std::chrono::seconds(450));
        QCOMPARE(exam->length(), std::chrono::seconds(450));
        QCOMPARE(exam->sections[0].choose, 1);
        QVERIFY(exam->sections[1].forwardOnly);
        QCOMPARE(exam->scheme.rules.size(), 2);
        QVERIFY(read.signedBy.isEmpty());
        QVERIFY(read.item(ItemId(QStringLiteral("nothing"))) == nullptr);
    }

    void brokenManifests_data()
    {
        using Change = std::function<QJsonObject(QJsonObject)>;
        QTest::addColumn<QJsonObject>("manifest");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("place");
        const auto row = [](const char* name, const char* code, const char* place, const Change& change) {
            QTest::newRow(name) << change(wholePack()) << QString::fromLatin1(code) << QString::fromLatin1(place);
        };
        const auto top = [](const char* key, const QJsonValue& value) -> Change {
            return [=](QJsonObject pack) {
                if (value.isUndefined()) {
                    pack.remove(QLatin1String(key));
                } else {
                    pack[QLatin1String(key)] = value;
                }
                return pack;
            };
        };
        const auto item = [](const char* id, const char* key, const QJsonValue& value) -> Change {
            return [=](const QJsonObject& pack) {
                return withItem(pack, QLatin1String(id), [&](QJsonObject& object) {
                    if (value.isUndefined()) {
                        object.remove(QLatin1String(key));
                    } else {
                        object[QLatin1String(key)] = value;
                    }
                });
            };
        };
        const QJsonValue gone(QJsonValue::Undefined);
        const auto list = [](const char* text) { return relaxed(text).array(); };

        row("another format", "pack_shape", "format", top("format", QStringLiteral("academy-pack/2")));
        row("an id that is no UUID", "pack_shape", "id", top("id", QStringLiteral("pack")));
        row("a version with two numbers", "pack_shape", "version", top("version", QStringLiteral("1.0")));
        row("no licence", "pack_shape", "license", top("license", gone));
        row("no title", "pack_shape", "title", top("title", QJsonObject()));
        row("a title that is a number", "pack_shape", "title", top("title", parse("{'en': 1}")));
        row("no language", "pack_shape", "targetLang", top("targetLang", QStringLiteral("english language")));
        row("a bad gloss language", "pack_shape", "glossLangs", top("glossLangs", list("['e']")));
        row("an unknown level", "pack_shape", "cefr", top("cefr", QStringLiteral("B7")));
        row("an unknown field", "pack_shape", "colour", top("colour", QStringLiteral("red")));
        row("no items", "pack_shape", "items", top("items", gone));
        row("items that are no objects", "pack_shape", "items", top("items", list("[1]")));
        row("a credit without a licence", "pack_shape", "license", top("attribution", list("[{'name': 'N'}]")));
        row("an asset outside media", "pack_shape", "path", top("assets", list("[{'sha256': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'path': '../x', 'mime': 'a/b', 'bytes': 1, 'license': 'CC0-1.0'}]")));
        row("a checksum that is none", "pack_shape", "sha256", top("assets", list("[{'sha256': 'aa', 'path': 'media/x', 'mime': 'a/b', 'bytes': 1, 'license': 'CC0-1.0'}]")));
        row("an asset without a licence", "pack_shape", "license", top("assets", list("[{'sha256': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'path': 'media/x', 'mime': 'a/b', 'bytes': 1}]")));
        row("a stimulus with an unknown asset", "pack_reference", "asset", top("stimuli", list("[{'id': 'text', 'asset': 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'}]")));
        row("a stimulus that may never be played", "pack_shape", "maxPlays", top("stimuli", list("[{'id': 'text', 'maxPlays': 0}]")));
        row("two stimuli with one id", "pack_duplicate_id", "text", top("stimuli", list("[{'id': 'text'}, {'id': 'text'}]")));

        row("two items with one id", "pack_duplicate_id", "note", item("card", "id", QStringLiteral("note")));
        row("an item id with a space", "pack_shape", "id", item("note", "id", QStringLiteral("a b")));
        row("an unknown type", "pack_shape", "type", item("note", "type", QStringLiteral("riddle")));
        row("an unknown skill", "pack_shape", "skill", item("note", "skill", QStringLiteral("magic")));
        row("no prompt", "pack_shape", "prompt", item("tf", "prompt", gone));
        row("negative points", "pack_shape", "points", item("tf", "points", -1));
        row("a revision of zero", "pack_shape", "rev", item("tf", "rev", 0));
        row("half a revision", "pack_shape", "rev", item("tf", "rev", 1.5));
        row("tags that are no texts", "pack_shape", "tags", item("tf", "tags", list("[1]")));
        row("feedback that is a text", "pack_shape", "feedback", item("tf", "feedback", QStringLiteral("ok")));
        row("an unknown stimulus", "pack_reference", "stimulus", item("choice", "stimulus", QStringLiteral("nowhere")));
        row("a card without a back", "pack_shape", "back", item("card", "back", gone));
        row("a choice without options", "pack_shape", "options", item("choice", "options", gone));
        row("a choice with one option", "pack_shape", "options", item("choice", "options", list("[{'id': 'a', 'text': 'A', 'credit': 1}]")));
        row("two options with one id", "pack_shape", "options", item("choice", "options", list("[{'id': 'a', 'text': 'A', 'credit': 1}, {'id': 'a', 'text': 'B'}]")));
        row("no option is right", "pack_answer", "choice", item("choice", "options", list("[{'id': 'a', 'text': 'A'}, {'id': 'b', 'text': 'B'}]")));
        row("every option is right", "pack_options", "choice", item("choice", "options", list("[{'id': 'a', 'text': 'A', 'credit': 1}, {'id': 'b', 'text': 'B', 'credit': 1}]")));
        row("an option earns twice the points", "pack_options", "choice", item("choice", "options", list("[{'id': 'a', 'text': 'A', 'credit': 2}, {'id': 'b', 'text': 'B'}]")));
        row("an option picture that does not exist", "pack_reference", "choice", item("choice", "options", list("[{'id': 'a', 'text': 'A', 'credit': 1, 'asset': 'cc'}, {'id': 'b', 'text': 'B'}]")));
        row("true/false without an answer", "pack_answer", "tf", item("tf", "answer", gone));
        row("a gap that is not in the text", "pack_gaps", "g2", item("cloze", "text", QStringLiteral("{{g1}} only")));
        row("a mark that is no gap", "pack_gaps", "g3", item("cloze", "text", QStringLiteral("{{g1}} {{g2}} {{g3}}")));
        row("a gap marked twice", "pack_gaps", "g1", item("cloze", "text", QStringLiteral("{{g1}} {{g2}} {{g1}}")));
        row("a gap without an answer", "pack_answer", "cloze", item("cloze", "gaps", list("[{'id': 'g1'}, {'id': 'g2', 'accept': [{'text': 'two'}]}]")));
        row("a gap whose answer is not offered", "pack_gaps", "g2", item("cloze", "gaps", list("[{'id': 'g1', 'accept': [{'text': 'one'}]}, {'id': 'g2', 'options': ['x', 'y'], 'accept': [{'text': 'two'}]}]")));
        row("a partner that does not exist", "pack_pairs", "match", item("match", "pairs", parse("{'l1': 'r1', 'l2': 'r9'}")));
        row("a left part without a partner", "pack_pairs", "l2", item("match", "pairs", parse("{'l1': 'r1'}")));
        row("no pairs at all", "pack_pairs", "match", item("match", "pairs", gone));
        row("an order that forgets a part", "pack_answer", "order", item("order", "order", list("['x']")));
        row("an order that names a part twice", "pack_options", "order", item("order", "order", list("['x', 'x']")));
        row("a short answer without a key", "pack_answer", "short", item("short", "accept", gone));
        row("an empty accepted text", "pack_answer", "short", item("short", "accept", list("[{'text': ' '}]")));
        row("a pattern that cannot be read", "pack_answer", "short", item("short", "accept", list("[{'text': '(', 'match': 'regex'}]")));
        row("only half marks to be had", "pack_answer", "short", item("short", "accept", list("[{'text': 'for', 'credit': 0.5}]")));
        row("an essay without limits", "pack_shape", "essay", item("essay", "maxWords", gone));
        row("a recording without an end", "pack_shape", "record", item("record", "maxSeconds", gone));

        row("a unit with an unknown item", "pack_reference", "ghost", top("decks", list("[{'id': 'u', 'title': {'en': 'U'}, 'items': ['ghost']}]")));
        row("a unit that repeats an item", "pack_duplicate_id", "card", top("decks", list("[{'id': 'u', 'title': {'en': 'U'}, 'items': ['card', 'card']}]")));
        row("a unit without items", "pack_shape", "items", top("decks", list("[{'id': 'u', 'title': {'en': 'U'}}]")));
        row("twenty weights", "pack_shape", "w", top("decks", list("[{'id': 'u', 'title': {'en': 'U'}, 'items': ['card'], 'fsrs': {'w': [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}}]")));
        row("an impossible retention", "pack_shape", "desiredRetention", top("decks", list("[{'id': 'u', 'title': {'en': 'U'}, 'items': ['card'], 'fsrs': {'desiredRetention': 1}}]")));
        row("an exam about a flashcard", "pack_reference", "card", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': ['card']}], 'pass': [{'metric': 'total', 'min': 50}]}]")));
        row("an exam that uses an item twice", "pack_duplicate_id", "tf", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': ['tf']}, {'id': 't', 'weight': 1, 'items': ['tf']}], 'pass': [{'metric': 'total', 'min': 50}]}]")));
        row("two sections with one id", "pack_duplicate_id", "s", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': ['tf']}, {'id': 's', 'weight': 1, 'items': ['choice']}], 'pass': [{'metric': 'total', 'min': 50}]}]")));
        row("an exam without pass rules", "pack_shape", "rules", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': ['tf']}]}]")));
        row("a mistyped pass rule", "pack_shape", "metric", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': ['tf']}], 'pass': [{'metric': 'totla', 'min': 50}]}]")));
        row("a rule about a missing section", "pack_shape", "section", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': ['tf']}], 'pass': [{'metric': 'section', 'of': 'z', 'min': 50}]}]")));
        row("choose more items than there are", "pack_shape", "choose", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': ['tf'], 'choose': 2}], 'pass': [{'metric': 'total', 'min': 50}]}]")));
        row("an exam section without items", "pack_shape", "items", top("exams", list("[{'id': 'm', 'title': {'en': 'M'}, 'sections': [{'id': 's', 'weight': 1, 'items': []}], 'pass': [{'metric': 'total', 'min': 50}]}]")));
    }
    void brokenManifests()
    {
        QFETCH(QJsonObject, manifest);
        QFETCH(QString, code);
        QFETCH(QString, place);
        const auto pack = PackReader().readManifest(json(manifest));
        QVERIFY(!pack.ok());
        QCOMPARE(pack.error().kind, ErrorKind::Invalid);
        QCOMPARE(pack.error().code, code);
        QVERIFY2(pack.error().detail.contains(place), qPrintable(pack.error().detail));
    }

    void brokenArchives_data()
    {
        QTest::addColumn<QByteArray>("archive");
        QTest::addColumn<QString>("code");
        const QByteArray manifest = json(wholePack());
        const QString name = QStringLiteral("pack.json");
        const QString media = QStringLiteral("media/sound.ogg");
        const QByteArray whole = archiveOf(wholePack());
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("pack_not_zip");
        QTest::newRow("a text file") << QByteArray("hello") << QStringLiteral("pack_not_zip");
        QTest::newRow("cut in the middle") << whole.left(whole.size() / 2) << QStringLiteral("pack_not_zip");
        QByteArray damaged = zipOf({{name, manifest}, {media, sound}}, false);
        damaged[damaged.indexOf("CC-BY")] = 'X';
        QTest::newRow("one byte changed") << damaged << QStringLiteral("pack_not_zip");
        QTest::newRow("no manifest") << zipOf({{media, sound}}) << QStringLiteral("pack_no_manifest");
        QTest::newRow("a manifest that is no JSON") << zipOf({{name, "{"}}) << QStringLiteral("pack_json");
        QTest::newRow("a manifest that is a list") << zipOf({{name, "[]"}}) << QStringLiteral("pack_json");
        QTest::newRow("climbs out of its folder") << zipOf({{name, manifest}, {QStringLiteral("media/../../x"), sound}}) << QStringLiteral("pack_path");
        QTest::newRow("an absolute path") << zipOf({{name, manifest}, {QStringLiteral("/etc/x"), sound}}) << QStringLiteral("pack_path");
        QTest::newRow("a Windows path") << zipOf({{name, manifest}, {QStringLiteral("media\\x"), sound}}) << QStringLiteral("pack_path");
        QTest::newRow("a hidden file") << zipOf({{name, manifest}, {QStringLiteral("media/.x"), sound}}) << QStringLiteral("pack_path");
        QTest::newRow("media missing") << zipOf({{name, manifest}}) << QStringLiteral("pack_asset");
        QTest::newRow("media of another size") << zipOf({{name, manifest}, {media, sound + sound}}) << QStringLiteral("pack_asset");
        QTest::newRow("media with another content") << zipOf({{name, manifest}, {media, QByteArray(sound.size(), 'x')}}) << QStringLiteral("pack_asset");
        QTest::newRow("a bomb") << zipOf({{name, manifest}, {media, QByteArray(4 * 1024 * 1024, '\0')}}) << QStringLiteral("pack_bomb");
    }
    void brokenArchives()
    {
        QFETCH(QByteArray, archive);
        QFETCH(QString, code);
        const auto pack = PackReader().read(archive);
        QVERIFY(!pack.ok());
        QCOMPARE(pack.error().code, code);
    }

    void everyCutOfAnArchiveIsAnError()
    {
        const QByteArray whole = archiveOf(wholePack());
        for (qsizetype size = 0; size < whole.size(); ++size) {
            QVERIFY(!PackReader().read(whole.left(size)).ok());
        }
    }

    void limitsHold_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("code");
        QTest::newRow("archive") << 0 << QStringLiteral("pack_too_large");
        QTest::newRow("one entry") << 1 << QStringLiteral("pack_bomb");
        QTest::newRow("all entries together") << 2 << QStringLiteral("pack_bomb");
        QTest::newRow("number of entries") << 3 << QStringLiteral("pack_bomb");
        QTest::newRow("manifest") << 4 << QStringLiteral("pack_bomb");
    }
    void limitsHold()
    {
        QFETCH(int, which);
        QFETCH(QString, code);
        PackLimits limits;
        if (which == 0) {
            limits.archiveBytes = 100;
        } else if (which == 1) {
            limits.entryBytes = 10;
        } else if (which == 2) {
            limits.unpackedBytes = 100;
        } else if (which == 3) {
            limits.entries = 1;
        } else {
            limits.jsonBytes = 100;
        }
        const auto pack = PackReader(limits).read(archiveOf(wholePack()));
        QVERIFY(!pack.ok());
        QCOMPARE(pack.error().code, code);
    }

    void aTrustedSignatureIsNamed()
    {
        const KeyPair pair;
        const QString id = QStringLiteral("publisher-1");
        const PackReader reader({}, {{id, pair.publicKey()}});
        const auto pack = reader.readManifest(signedManifest(pair, id));
        QVERIFY2(pack.ok(), qPrintable(pack.ok() ? QString() : pack.error().detail));
        QCOMPARE((*pack)->signedBy, id);
    }

    void aForgedSignatureIsRefused()
    {
        const KeyPair pair;
        const KeyPair stranger;
        const QString id = QStringLiteral("publisher-1");
        const PackReader reader({}, {{id, pair.publicKey()}});

        QCOMPARE(reader.readManifest(signedManifest(stranger, id)).error().code, QStringLiteral("pack_signature"));

        QByteArray changed = signedManifest(pair, id);
        changed.replace("perro", "gatos");
        QCOMPARE(reader.readManifest(changed).error().code, QStringLiteral("pack_signature"));

        const QByteArray unknown = signedManifest(pair, QStringLiteral("somebody"));
        QCOMPARE(reader.readManifest(unknown).error().code, QStringLiteral("pack_unknown_key"));

        QJsonObject odd = wholePack();
        odd[QStringLiteral("signature")] = QJsonObject {{QStringLiteral("alg"), QStringLiteral("none")},
            {QStringLiteral("keyId"), id}, {QStringLiteral("sig"), QStringLiteral("x")}};
        QCOMPARE(reader.readManifest(json(odd)).error().code, QStringLiteral("pack_signature"));
    }

    void aFileIsReadOrExplained()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.apack"));
        QCOMPARE(PackReader().readFile(path).error().code, QStringLiteral("pack_unreadable"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(archiveOf(wholePack()));
        file.close();
        QVERIFY(PackReader().readFile(path).ok());
    }
};

QTEST_GUILESS_MAIN(TestPackReader)
#include "tst_packreader.moc"

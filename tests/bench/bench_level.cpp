// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"
#include "base/Random.h"
#include "base/Scheduler.h"
#include "bench/Figure.h"
#include "net/QtHttpStreams.h"
#include "store/Database.h"
#include "store/MemorySecretStore.h"
#include "support/LevelExam.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/ModelCatalogue.h"

#include <QCoreApplication>
#include <QTemporaryDir>

/// How well a tutor keeps to its learner: sixty things a learner says, twelve for each level from A1 to
/// C1, put to a model of one's own choice with the program's own instructions. The environment says
/// which: NEOLINGUS_LEVEL_PROVIDER (of the catalogue: openai, anthropic, google, ollama, …; ollama when
/// not given), NEOLINGUS_LEVEL_MODEL, NEOLINGUS_LEVEL_URL where it is not the provider's own, and
/// NEOLINGUS_LEVEL_KEY. A key goes nowhere but to the provider.
int main(int count, char** words)
{
    const QCoreApplication program(count, words);
    const auto said = [](const char* name) { return qEnvironmentVariable(name); };
    const QString provider = qEnvironmentVariable("NEOLINGUS_LEVEL_PROVIDER", QStringLiteral("ollama"));
    auto settings = ModelCatalogue::shipped().settingsFor(provider, said("NEOLINGUS_LEVEL_MODEL"));
    if (!settings || said("NEOLINGUS_LEVEL_MODEL").isEmpty()) {
        std::fprintf(stderr, "bench_level: name a model in NEOLINGUS_LEVEL_MODEL, and who has it in NEOLINGUS_LEVEL_PROVIDER\n");
        return 2;
    }
    if (const QString address = said("NEOLINGUS_LEVEL_URL"); !address.isEmpty()) {
        settings->baseUrl = QUrl(address);
    }
    const QTemporaryDir folder;
    SystemClock clock;
    SystemRandom random;
    QtScheduler scheduler;
    QtHttpStreams streams;
    MemorySecretStore secrets;
    settings->needsKey = !said("NEOLINGUS_LEVEL_KEY").isEmpty();
    settings->secretName = QStringLiteral("level");
    secrets.write(settings->secretName, said("NEOLINGUS_LEVEL_KEY").toUtf8());
    Database database(folder.filePath(QStringLiteral("academy.sqlite")));
    AiTutorStreamManager tutor(database, streams, secrets, clock, scheduler, random);
    tutor.setSettings(*settings);

    const LevelFigures figures = examine(tutor, levelPrompts(QStringLiteral(NEOLINGUS_BENCH_DIR "/level_prompts.json")));
    const QString share = QStringLiteral("share of replies");
    printFigure(QStringLiteral("level_kept"), figures.shareInLevel(), share, QStringLiteral("the least that passes"), 0.90);
    printFigure(QStringLiteral("level_length_kept"), figures.shareInLength(), share, QStringLiteral("all of them"), 1);
    printFigure(QStringLiteral("level_answers_given_away"), figures.shareGivenAway(), QStringLiteral("share of exercises"),
        QStringLiteral("the most that passes"), 0.05);
    printFigure(QStringLiteral("level_no_reply"), figures.failed, QStringLiteral("prompts"), QStringLiteral("prompts"),
        figures.tally.replies + figures.failed);
    // What the settings say of the model once it stands in a catalogue (resources/tutor/catalogue.json, or
    // the academy's own).
    std::printf("%s %s: \"checked\": {\"in_level\": %d, \"of\": %d, \"on\": \"%s\"}\n", qPrintable(provider),
        qPrintable(settings->model), figures.tally.inLevel, figures.tally.replies + figures.failed,
        qPrintable(toIsoString(clock.wall()).left(10)));
    return figures.failed == 0 && figures.tally.passes() ? 0 : 1;
}

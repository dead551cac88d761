// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/TutorPreferences.h"

#include "store/SecretStore.h"
#include "tutor/AiTutorStreamManager.h"
#include "tutor/ModelCatalogue.h"
#include "viewmodels/AppSettings.h"
#include "viewmodels/ErrorText.h"

#include <QJsonArray>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

const QString Key = QStringLiteral("tutor");
const QString Order = QStringLiteral("order");
const QString Budget = QStringLiteral("tokensPerDay");
const QString MoneyBudget = QStringLiteral("centsPerDay");
constexpr qint64 MicrosPerCent = 10'000;
const QString Notes = QStringLiteral("notes");
constexpr int ShownDays = 14;

QString addressName(const QString& tutor)
{
    return QStringLiteral("address:") + tutor;
}

QString modelName(const QString& tutor)
{
    return QStringLiteral("model:") + tutor;
}

QString secretName(const QString& keyOwner)
{
    return QStringLiteral("tutor:") + keyOwner;
}

/// A key goes to nobody on the way: an address elsewhere has to be encrypted.
bool isSafeAddress(const QUrl& address)
{
    return address.isValid() && !address.host().isEmpty() && address.userInfo().isEmpty()
        && address.scheme() == QLatin1String("https");
}

} // namespace

TutorPreferences::TutorPreferences(AppSettings& settings, HttpClient& http, QObject* parent)
    : QObject(parent), m_settings(settings), m_check(http)
{
    apply();
}

void TutorPreferences::setSecrets(SecretStore* secrets)
{
    m_secrets = secrets;
    m_keys.clear();
    lookForKeys();
    apply();
}

void TutorPreferences::attach(AiTutorStreamManager* tutor, const QUrl& academy)
{
    if (m_tutor) {
        m_tutor->disconnect(this);
    }
    m_tutor = tutor;
    m_academy = academy;
    if (m_tutor) {
        connect(m_tutor, &AiTutorStreamManager::catalogueChanged, this, [this] {
            lookForKeys();
            apply();
        });
    }
    apply();
}

const ModelCatalogue& TutorPreferences::catalogue() const
{
    return m_tutor ? m_tutor->catalogue() : ModelCatalogue::shipped();
}

void TutorPreferences::retranslate()
{
    m_looks.clear();
    apply();
    countUsage();
}

int TutorPreferences::tokensPerDay() const
{
    return m_settings.store().value(Key).toObject().value(Budget).toInt();
}

void TutorPreferences::setTokensPerDay(int tokens)
{
    write(Budget, tokens);
    apply();
}

int TutorPreferences::centsPerDay() const
{
    return m_settings.store().value(Key).toObject().value(MoneyBudget).toInt();
}

void TutorPreferences::setCentsPerDay(int cents)
{
    write(MoneyBudget, cents);
    apply();
}

QStringList TutorPreferences::used() const
{
    QStringList names;
    for (const QJsonValue& name : m_settings.store().value(Key).toObject().value(Order).toArray()) {
        if (catalogue().provider(name.toString()) && !names.contains(name.toString())) {
            names.append(name.toString());
        }
    }
    return names.isEmpty() ? QStringList {Notes} : names;
}

TutorSettings TutorPreferences::settingsOf(const QString& tutor) const
{
    TutorSettings settings = catalogue().settingsFor(tutor, read(modelName(tutor), {})).value_or(TutorSettings());
    if (settings.place == TutorPlace::Local && settings.provider != TutorProviderKind::Notes) {
        settings.baseUrl = QUrl(read(addressName(tutor), settings.baseUrl.toString()));
        settings.needsKey = hasKey(tutor);
    } else if (const ProviderEntry* provider = catalogue().provider(tutor); provider && provider->hasOwnAddress()) {
        settings.baseUrl = QUrl(read(addressName(tutor), {}));
    } else if (settings.provider == TutorProviderKind::Relay) {
        settings.baseUrl = m_academy;
    }
    settings.secretName = secretName(keyOwner(tutor));
    return settings;
}

QString TutorPreferences::keyOwner(const QString& tutor) const
{
    const ProviderEntry* mine = catalogue().provider(tutor);
    if (mine && mine->place == TutorPlace::Cloud && !mine->hasOwnAddress()) {
        for (const ProviderEntry& other : catalogue().providers()) {
            if (other.place == TutorPlace::Cloud && other.baseUrl == mine->baseUrl) {
                return other.id;
            }
        }
    }
    return tutor;
}

bool TutorPreferences::canAnswer(const QString& tutor) const
{
    const TutorSettings settings = settingsOf(tutor);
    switch (settings.provider) {
    case TutorProviderKind::Notes:
        return true;
    case TutorProviderKind::Relay:
        return !m_academy.isEmpty();
    default:
        return !settings.model.isEmpty() && !settings.baseUrl.isEmpty() && (!settings.needsKey || hasKey(tutor));
    }
}

QList<TutorSettings> TutorPreferences::order() const
{
    QList<TutorSettings> all;
    for (const QString& tutor : used()) {
        if (canAnswer(tutor)) {
            all.append(settingsOf(tutor));
        }
    }
    if (all.isEmpty()) {
        all.append(settingsOf(Notes));
    }
    return all;
}

bool TutorPreferences::notesOnly() const
{
    return order().constFirst().provider == TutorProviderKind::Notes;
}

QString TutorPreferences::displayName() const
{
    const TutorSettings first = order().constFirst();
    if (first.provider == TutorProviderKind::Notes) {
        return tr("Notes tutor");
    }
    return first.provider == TutorProviderKind::Relay ? tr("your academy") : first.model;
}

void TutorPreferences::use(const QString& tutor, bool yes)
{
    QStringList names = used();
    names.removeAll(tutor);
    if (yes) {
        // The notes stay the last resort.
        const qsizetype end = names.endsWith(Notes) ? names.size() - 1 : names.size();
        names.insert(tutor == Notes ? names.size() : end, tutor);
    }
    write(Order, QJsonArray::fromStringList(names));
    apply();
    if (yes) {
        lookAt(tutor);
    }
}

void TutorPreferences::move(const QString& tutor, int places)
{
    QStringList names = used();
    const qsizetype from = names.indexOf(tutor);
    const qsizetype to = std::clamp<qsizetype>(from + places, 0, names.size() - 1);
    if (from >= 0 && from != to) {
        names.move(from, to);
        write(Order, QJsonArray::fromStringList(names));
        apply();
    }
}

void TutorPreferences::setModel(const QString& tutor, const QString& model)
{
    write(modelName(tutor), model.trimmed());
    apply();
}

void TutorPreferences::setAddress(const QString& tutor, const QString& address)
{
    QString clean = address.trimmed();
    while (clean.endsWith(QLatin1Char('/'))) {
        clean.chop(1);
    }
    const ProviderEntry* provider = catalogue().provider(tutor);
    if (provider && provider->hasOwnAddress()) {
        if (!isSafeAddress(QUrl(clean))) {
            say(tutor, tr("The address has to begin with https://, so that nobody on the way can read your key."), QStringLiteral("danger"));
            return;
        }
        if (clean != read(addressName(tutor), {})) {
            moveTo(tutor, clean);
        }
        return;
    }
    write(addressName(tutor), clean);
    apply();
    lookAt(tutor);
}

/// The key of the old address is gone before there is a new one.
void TutorPreferences::moveTo(const QString& tutor, const QString& address)
{
    const auto move = [this, tutor, address] {
        m_keys.remove(tutor);
        m_looks.remove(tutor);
        write(modelName(tutor), QString());
        write(addressName(tutor), address);
        apply();
    };
    if (!m_secrets || !hasKey(tutor)) {
        move();
        return;
    }
    whenDone(m_secrets->remove(secretName(tutor)), this, [this, tutor, move](const Result<void>& removed) {
        if (removed.ok()) {
            move();
        } else {
            say(tutor, errorSentence(removed.error()), QStringLiteral("danger"));
        }
    });
}

void TutorPreferences::saveKey(const QString& tutor, const QString& key)
{
    const QByteArray secret = key.trimmed().toUtf8();
    if (!m_secrets || secret.isEmpty()) {
        return;
    }
    if (settingsOf(tutor).baseUrl.isEmpty()) {
        say(tutor, tr("Give the address first, then the key."), QStringLiteral("warning"));
        return;
    }
    say(tutor, tr("Trying the key"), {});
    whenDone(m_check.models(settingsOf(tutor), secret, 20s), this, [this, tutor, secret](const Result<QStringList>& models) {
        if (!models.ok() && models.error().kind == ErrorKind::Unauthorized) {
            say(tutor, tr("This key was refused, so it was not kept. Copy it again from the provider's page."), QStringLiteral("danger"));
            return;
        }
        if (models.ok()) {
            m_looks[tutor].models = *models;
            if (settingsOf(tutor).model.isEmpty() && !models->isEmpty()) {
                write(modelName(tutor), models->constFirst());
            }
        }
        const QString trouble = models.ok() ? QString() : errorSentence(models.error());
        whenDone(m_secrets->write(secretName(keyOwner(tutor)), secret), this, [this, tutor, trouble](const Result<void>& kept) {
            if (!kept.ok()) {
                say(tutor, errorSentence(kept.error()), QStringLiteral("danger"));
                return;
            }
            m_keys.insert(keyOwner(tutor));
            if (trouble.isEmpty()) {
                say(tutor, tr("This key works."), QStringLiteral("positive"));
            } else {
                say(tutor, tr("The key is kept but could not be tried. %1").arg(trouble), QStringLiteral("warning"));
            }
        });
    });
}

void TutorPreferences::removeKey(const QString& tutor)
{
    if (m_secrets) {
        whenDone(m_secrets->remove(secretName(keyOwner(tutor))), this, [this, tutor](const Result<void>& removed) {
            if (removed.ok()) {
                m_keys.remove(keyOwner(tutor));
                say(tutor, {}, {});
            } else {
                say(tutor, errorSentence(removed.error()), QStringLiteral("danger"));
            }
        });
    }
}

void TutorPreferences::look()
{
    for (const ProviderEntry& provider : catalogue().providers()) {
        if (provider.place == TutorPlace::Local && provider.kind != TutorProviderKind::Notes) {
            lookAt(provider.id);
        } else if (provider.hasOwnAddress() && hasKey(provider.id)) {
            askModels(provider.id);
        }
    }
    countUsage();
}

void TutorPreferences::askModels(const QString& tutor)
{
    whenDone(m_secrets->read(secretName(tutor)), this, [this, tutor](const Result<QByteArray>& key) {
        if (!key.ok() || key->isEmpty()) {
            return;
        }
        whenDone(m_check.models(settingsOf(tutor), *key, 20s), this, [this, tutor](const Result<QStringList>& models) {
            if (models.ok()) {
                m_looks[tutor].models = *models;
                apply();
            } else {
                say(tutor, errorSentence(models.error()), QStringLiteral("warning"));
            }
        });
    });
}

void TutorPreferences::lookAt(const QString& tutor)
{
    const TutorSettings settings = settingsOf(tutor);
    if (settings.place != TutorPlace::Local || settings.provider == TutorProviderKind::Notes) {
        return;
    }
    ++m_lookingFor;
    whenDone(m_check.models(settings, {}, 3s), this, [this, tutor](const Result<QStringList>& models) {
        --m_lookingFor;
        if (models.ok()) {
            m_looks[tutor].models = *models;
            if (read(modelName(tutor), {}).isEmpty() && !models->isEmpty()) {
                write(modelName(tutor), models->constFirst());
            }
            say(tutor, tr("Running here, with %n model(s).", nullptr, static_cast<int>(models->size())), QStringLiteral("positive"));
        } else if (models.error().kind == ErrorKind::Unauthorized) {
            say(tutor, tr("Running here; it asks for a key."), QStringLiteral("warning"));
        } else {
            say(tutor, {}, {});
        }
    });
    Q_EMIT changed();
}

void TutorPreferences::lookForKeys()
{
    if (!m_secrets) {
        return;
    }
    for (const ProviderEntry& provider : catalogue().providers()) {
        if (provider.kind == TutorProviderKind::Notes || provider.kind == TutorProviderKind::Relay
            || keyOwner(provider.id) != provider.id) {
            continue;
        }
        whenDone(m_secrets->read(secretName(provider.id)), this, [this, id = provider.id](const Result<QByteArray>& key) {
            if (key.ok() && !key->isEmpty()) {
                m_keys.insert(id);
                apply();
            }
        });
    }
}

void TutorPreferences::countUsage()
{
    if (!m_tutor) {
        return;
    }
    whenDone(m_tutor->usageByDay(ShownDays), this, [this](const Result<QList<TutorUsageDay>>& days) {
        showDays(days.valueOr({}));
    });
}

void TutorPreferences::showDays(const QList<TutorUsageDay>& days)
{
    const QLocale locale = m_settings.locale();
    QMap<QDate, qint64> tokens;
    QMap<QDate, qint64> money;
    qint64 all = 0;
    qint64 micros = 0;
    for (const TutorUsageDay& day : days) {
        tokens[day.day] += day.inputTokens + day.outputTokens;
        money[day.day] += std::max<qint64>(0, day.micros);
        all += day.inputTokens + day.outputTokens;
        micros += std::max<qint64>(0, day.micros);
    }
    const qint64 highest = tokens.isEmpty() ? 0 : *std::max_element(tokens.cbegin(), tokens.cend());
    QList<TutorDayRow> rows;
    const QDate today = days.isEmpty() ? QDate() : tokens.lastKey();
    for (int back = ShownDays - 1; back >= 0 && today.isValid(); --back) {
        const QDate date = today.addDays(-back);
        TutorDayRow row;
        row.day = locale.toString(date, QStringLiteral("d MMM"));
        row.share = highest > 0 ? double(tokens.value(date)) / double(highest) : 0;
        row.tokens = tokens.value(date) > 0 ? locale.toString(tokens.value(date)) : QString();
        row.today = back == 0;
        row.money = money.value(date) > 0 ? locale.toString(double(money.value(date)) / 1e6, 'f', 2) : QString();
        rows.append(row);
    }
    m_days.setRows(rows);
    m_usage = all == 0 ? tr("Nothing was used yet.")
                       : tr("%1 tokens in two weeks, about $%2.").arg(locale.toString(all), locale.toString(double(micros) / 1e6, 'f', 2));
    Q_EMIT usageChanged();
}

void TutorPreferences::say(const QString& tutor, const QString& words, const QString& tone)
{
    m_looks[tutor].check = words;
    m_looks[tutor].tone = tone;
    apply();
}

QString TutorPreferences::read(const QString& name, const QString& fallback) const
{
    const QString value = m_settings.store().value(Key).toObject().value(name).toString();
    return value.isEmpty() ? fallback : value;
}

void TutorPreferences::write(const QString& name, const QJsonValue& value)
{
    QJsonObject all = m_settings.store().value(Key).toObject();
    all.insert(name, value);
    m_settings.store().setValue(Key, all);
}

TutorChoiceRow TutorPreferences::rowOf(const QString& tutor, qsizetype place, qsizetype count) const
{
    const ProviderEntry& provider = *catalogue().provider(tutor);
    const TutorSettings settings = settingsOf(tutor);
    const Look look = m_looks.value(tutor);
    TutorChoiceRow row;
    row.tutor = tutor;
    row.used = place >= 0;
    row.first = place == 0;
    row.last = place == count - 1;
    row.local = settings.place == TutorPlace::Local && settings.provider != TutorProviderKind::Notes;
    row.configurable = settings.provider != TutorProviderKind::Notes && settings.provider != TutorProviderKind::Relay;
    row.needsKey = row.configurable && !row.local;
    row.hasKey = hasKey(tutor);
    row.ownAddress = provider.hasOwnAddress();
    row.model = settings.model;
    row.address = settings.baseUrl.toString();
    row.check = look.check;
    row.tone = look.tone;
    row.models = look.models;
    for (const ModelEntry& model : provider.models) {
        row.models.removeAll(model.id);
    }
    for (qsizetype i = provider.models.size(); i-- > 0;) {
        row.models.prepend(provider.models.at(i).id);
    }
    if (!row.model.isEmpty() && !row.models.contains(row.model)) {
        row.models.prepend(row.model);
    }
    if (const ModelEntry* model = catalogue().model(tutor, row.model); model && model->check) {
        const QString day = m_settings.locale().toString(QDate::fromString(model->check->on, Qt::ISODate), QLocale::ShortFormat);
        row.measured = tr("Measured on %1: %2 of %3 replies were at the learner's level.")
                           .arg(day)
                           .arg(model->check->inLevel)
                           .arg(model->check->of);
    }
    if (settings.provider == TutorProviderKind::Notes) {
        row.name = tr("Notes tutor");
        row.detail = tr("Your course's own notes. No network, no key, nothing leaves this computer.");
    } else if (settings.provider == TutorProviderKind::Relay) {
        row.name = tr("Your academy");
        row.detail = !m_academy.isEmpty() ? tr("The academy asks a model for you and pays for it.") : tr("Sign in to use your academy's tutor.");
    } else if (row.local) {
        row.name = provider.name;
        row.detail = tr("A model on this computer. What you write stays here.");
    } else if (row.ownAddress) {
        row.name = tr("Another server");
        row.detail = row.address.isEmpty() ? tr("Any server that speaks like OpenAI's, with its address and a key of your own.")
                                           : tr("What you write to the tutor is sent to %1 with your own key.").arg(settings.baseUrl.host());
    } else {
        row.name = provider.name;
        row.detail = row.hasKey ? tr("What you write to the tutor is sent to %1 with your own key.").arg(provider.name)
                                : tr("Needs a key of your own. What you write is sent to %1.").arg(provider.name);
    }
    return row;
}

void TutorPreferences::apply()
{
    const QStringList names = used();
    QList<TutorChoiceRow> rows;
    for (qsizetype i = 0; i < names.size(); ++i) {
        rows.append(rowOf(names.at(i), i, names.size()));
    }
    for (const ProviderEntry& provider : catalogue().providers()) {
        if (!names.contains(provider.id)) {
            rows.append(rowOf(provider.id, -1, names.size()));
        }
    }
    m_choices.setRows(rows);
    if (m_tutor) {
        m_tutor->setProviderOrder(order());
        m_tutor->setBudget({tokensPerDay(), centsPerDay() * MicrosPerCent});
    }
    Q_EMIT changed();
}

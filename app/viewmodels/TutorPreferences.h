// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "tutor/TutorSettings.h"
#include "tutor/TutorStats.h"
#include "viewmodels/RowModel.h"
#include "viewmodels/TutorCheck.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

class AiTutorStreamManager;
class AppSettings;
class HttpClient;
class ModelCatalogue;
class SecretStore;

/// A tutor that could answer, as the settings list it.
struct TutorChoiceRow
{
    Q_GADGET
    QML_VALUE_TYPE(tutorChoiceRow)
    Q_PROPERTY(QString tutor MEMBER tutor)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString detail MEMBER detail)
    Q_PROPERTY(bool used MEMBER used)
    Q_PROPERTY(bool first MEMBER first)
    Q_PROPERTY(bool last MEMBER last)
    Q_PROPERTY(bool local MEMBER local)
    Q_PROPERTY(bool ownAddress MEMBER ownAddress)
    Q_PROPERTY(bool configurable MEMBER configurable)
    Q_PROPERTY(bool needsKey MEMBER needsKey)
    Q_PROPERTY(bool hasKey MEMBER hasKey)
    Q_PROPERTY(QString model MEMBER model)
    Q_PROPERTY(QStringList models MEMBER models)
    Q_PROPERTY(QString address MEMBER address)
    Q_PROPERTY(QString check MEMBER check)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString measured MEMBER measured)

public:
    QString tutor; ///< as in the catalogue: openai, anthropic, google, academy, ollama, …, notes
    QString name;
    QString detail;
    bool used = false;
    bool first = false; ///< of those that are used: answers when it can
    bool last = false;
    bool local = false;
    bool ownAddress = false; ///< a server elsewhere, at an address the learner gives
    bool configurable = false; ///< has a model, an address or a key
    bool needsKey = false;
    bool hasKey = false;
    QString model;
    QStringList models; ///< to choose from; empty when nobody has told
    QString address;
    QString check; ///< what the last look at it found, in words
    QString tone;
    QString measured {}; ///< how its model kept to its learners' level, in words; empty when nobody knows

    QString key() const { return tutor; }
    bool operator==(const TutorChoiceRow&) const = default;
};

class TutorChoiceModel : public RowModel<TutorChoiceRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the settings")

public:
    using RowModel::RowModel;
};

/// What was used on one day.
struct TutorDayRow
{
    Q_GADGET
    QML_VALUE_TYPE(tutorDayRow)
    Q_PROPERTY(QString day MEMBER day)
    Q_PROPERTY(QString tokens MEMBER tokens)
    Q_PROPERTY(QString money MEMBER money)
    Q_PROPERTY(double share MEMBER share)
    Q_PROPERTY(bool today MEMBER today)

public:
    QString day;
    QString tokens; ///< empty when none
    double share = 0; ///< of the highest day, 0 to 1
    bool today = false;
    QString money {}; ///< empty when it cost nothing

    QString key() const { return day; }
    bool operator==(const TutorDayRow&) const = default;
};

class TutorDayModel : public RowModel<TutorDayRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the settings")

public:
    using RowModel::RowModel;
};

/// Which tutors answer and in which order, with what model, key and daily limit. A key is tried
/// before it is kept; it goes to the keychain and never comes back to the screen. GUI thread.
class TutorPreferences : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(TutorChoiceModel* choices READ choices CONSTANT)
    Q_PROPERTY(TutorDayModel* days READ days CONSTANT)
    Q_PROPERTY(QString usage READ usage NOTIFY usageChanged)
    Q_PROPERTY(int tokensPerDay READ tokensPerDay NOTIFY changed)
    Q_PROPERTY(int centsPerDay READ centsPerDay NOTIFY changed)
    Q_PROPERTY(bool looking READ looking NOTIFY changed)

public:
    TutorPreferences(AppSettings& settings, HttpClient& http, QObject* parent = nullptr);

    void setSecrets(SecretStore* secrets);
    /// `academy` is where somebody is signed in, so that the academy's own tutor can be asked; empty
    /// for a guest.
    void attach(AiTutorStreamManager* tutor, const QUrl& academy = {});
    void retranslate();

    TutorChoiceModel* choices() { return &m_choices; }
    TutorDayModel* days() { return &m_days; }
    QString usage() const { return m_usage; }
    int tokensPerDay() const; ///< 0: no limit
    int centsPerDay() const; ///< of a dollar; 0: no limit
    bool looking() const { return m_lookingFor > 0; }
    /// True when nobody but the notes tutor answers, by choice or for want of a key or a model.
    bool notesOnly() const;
    /// The tutor that answers when it can.
    QString displayName() const;
    /// Everybody who may answer, in order; the notes when nobody else can.
    QList<TutorSettings> order() const;

    Q_INVOKABLE void use(const QString& tutor, bool yes);
    /// One place nearer to the front, or further from it.
    Q_INVOKABLE void move(const QString& tutor, int places);
    Q_INVOKABLE void setModel(const QString& tutor, const QString& model);
    Q_INVOKABLE void setAddress(const QString& tutor, const QString& address);
    /// Tries the key and keeps it, unless the provider refused it. It stays with the address it was
    /// given for: another one forgets it.
    Q_INVOKABLE void saveKey(const QString& tutor, const QString& key);
    Q_INVOKABLE void removeKey(const QString& tutor);
    /// Looks for servers on this computer, asks the learner's own for its models, counts what was used.
    Q_INVOKABLE void look();
    Q_INVOKABLE void setTokensPerDay(int tokens);
    Q_INVOKABLE void setCentsPerDay(int cents);

Q_SIGNALS:
    void changed();
    void usageChanged();

private:
    struct Look
    {
        QString check;
        QString tone;
        QStringList models;
    };

    QString read(const QString& name, const QString& fallback) const;
    void write(const QString& name, const QJsonValue& value);
    /// The academy's where there is one.
    const ModelCatalogue& catalogue() const;
    QStringList used() const;
    TutorSettings settingsOf(const QString& tutor) const;
    bool canAnswer(const QString& tutor) const;
    void lookAt(const QString& tutor);
    void askModels(const QString& tutor);
    void moveTo(const QString& tutor, const QString& address);
    /// Two ways to speak to one provider have one key.
    QString keyOwner(const QString& tutor) const;
    bool hasKey(const QString& tutor) const { return m_keys.contains(keyOwner(tutor)); }
    void lookForKeys();
    void countUsage();
    void showDays(const QList<TutorUsageDay>& days);
    void say(const QString& tutor, const QString& words, const QString& tone);
    TutorChoiceRow rowOf(const QString& tutor, qsizetype place, qsizetype count) const;
    void apply();

    AppSettings& m_settings;
    TutorCheck m_check;
    QPointer<SecretStore> m_secrets;
    QPointer<AiTutorStreamManager> m_tutor;
    QHash<QString, Look> m_looks;
    QSet<QString> m_keys; ///< key owners whose key is kept
    TutorChoiceModel m_choices;
    TutorDayModel m_days;
    QString m_usage;
    int m_lookingFor = 0;
    QUrl m_academy;
};

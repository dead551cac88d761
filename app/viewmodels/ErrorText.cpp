// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ErrorText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace {

struct CodeSentence
{
    const char* code;
    const char* sentence;
};

constexpr std::array sentences {
    CodeSentence {"invalid_credentials", QT_TRANSLATE_NOOP("Error", "The e-mail address or the password is not right. Check both and try again.")},
    CodeSentence {"invalid_grant", QT_TRANSLATE_NOOP("Error", "The e-mail address or the password is not right. Check both and try again.")},
    CodeSentence {"email_not_confirmed", QT_TRANSLATE_NOOP("Error", "Your address is not confirmed yet. Open the link in the e-mail from your academy, then sign in.")},
    CodeSentence {"user_already_exists", QT_TRANSLATE_NOOP("Error", "There is already an account with this address. Sign in instead.")},
    CodeSentence {"email_exists", QT_TRANSLATE_NOOP("Error", "There is already an account with this address. Sign in instead.")},
    CodeSentence {"otp_expired", QT_TRANSLATE_NOOP("Error", "This code is not right or too old. Check it, or have another one sent.")},
    CodeSentence {"otp_disabled", QT_TRANSLATE_NOOP("Error", "There is no account with this address. Check it, or make an account.")},
    CodeSentence {"anonymous_provider_disabled", QT_TRANSLATE_NOOP("Error", "This academy wants an account. Make one, or sign in.")},
    CodeSentence {"email_provider_disabled", QT_TRANSLATE_NOOP("Error", "This academy cannot send e-mail. Sign in with your password.")},
    CodeSentence {"mfa_verification_failed", QT_TRANSLATE_NOOP("Error", "This code is not right. Enter the one your authenticator app shows now.")},
    CodeSentence {"mfa_challenge_expired", QT_TRANSLATE_NOOP("Error", "That took too long. Enter the code your authenticator app shows now.")},
    CodeSentence {"insufficient_aal", QT_TRANSLATE_NOOP("Error", "Sign in again with the code of your authenticator app, then repeat it.")},
    CodeSentence {"browser_missing", QT_TRANSLATE_NOOP("Error", "No browser could be opened. Sign in with your password or a code.")},
    CodeSentence {"browser_timeout", QT_TRANSLATE_NOOP("Error", "The browser did not come back in time. Try again.")},
    CodeSentence {"browser_refused", QT_TRANSLATE_NOOP("Error", "The sign-in in the browser was not completed. Try again.")},
    CodeSentence {"weak_password", QT_TRANSLATE_NOOP("Error", "The academy asks for a stronger password.")},
    CodeSentence {"certificate_mismatch", QT_TRANSLATE_NOOP("Error", "This academy shows another certificate than the one you trusted, so nothing was sent. Ask your teacher before you go on.")},
    CodeSentence {"certificate_missing", QT_TRANSLATE_NOOP("Error", "This academy is not encrypted any more, so nothing was sent. Check that its address begins with https.")},
    CodeSentence {"tls_failed", QT_TRANSLATE_NOOP("Error", "No encrypted connection could be made. Check the address, or ask whoever runs the academy about its certificate.")},
    CodeSentence {"ACADEMY_SECOND_STEP", QT_TRANSLATE_NOOP("Error", "Sign in again with the code of your authenticator app, then repeat it.")},
    CodeSentence {"needs_sign_in", QT_TRANSLATE_NOOP("Error", "The academy asks you to sign in again. Everything on this computer is kept.")},
    CodeSentence {"signed_out", QT_TRANSLATE_NOOP("Error", "You are signed out. Sign in to go on.")},
    CodeSentence {"ACADEMY_NOT_FOUND", QT_TRANSLATE_NOOP("Error", "This is no longer there. Go back and look at the list again.")},
    CodeSentence {"ACADEMY_FORBIDDEN", QT_TRANSLATE_NOOP("Error", "Your account may not do this. Ask your teacher.")},
    CodeSentence {"ACADEMY_NOT_OPEN", QT_TRANSLATE_NOOP("Error", "The sitting is not open yet. It starts when your teacher opens it.")},
    CodeSentence {"ACADEMY_LEASE_TAKEN", QT_TRANSLATE_NOOP("Error", "Your exam is open on another computer. Your teacher has been asked to move it here.")},
    CodeSentence {"ACADEMY_FENCED", QT_TRANSLATE_NOOP("Error", "Your exam goes on at another computer. What you wrote here is kept on this computer.")},
    CodeSentence {"ACADEMY_CLOSED", QT_TRANSLATE_NOOP("Error", "This sitting is closed.")},
    CodeSentence {"ACADEMY_DECIDED", QT_TRANSLATE_NOOP("Error", "A colleague was here before you. This is how it stands now.")},
    CodeSentence {"ACADEMY_LIMIT", QT_TRANSLATE_NOOP("Error", "That was too much at once. Wait a moment and try again.")},
    CodeSentence {"store_newer", QT_TRANSLATE_NOOP("Error", "Your data was written by a newer version of Neolingus. Install that version; nothing has been changed.")},
    CodeSentence {"store_locked", QT_TRANSLATE_NOOP("Error", "Another program is using your Neolingus data. Close it and try again.")},
    CodeSentence {"store_full", QT_TRANSLATE_NOOP("Error", "The disk is full. Free some space: what is already kept is safe, but nothing new can be kept.")},
    CodeSentence {"store_unreadable", QT_TRANSLATE_NOOP("Error", "The folder with your Neolingus data cannot be opened. Check its permissions.")},
    CodeSentence {"store_corrupt", QT_TRANSLATE_NOOP("Error", "The file with your data was damaged. It was put aside, and what could be read was carried over.")},
    CodeSentence {"store_readonly", QT_TRANSLATE_NOOP("Error", "Your Neolingus data cannot be written. Check the permissions of its folder; nothing new can be kept until then.")},
    CodeSentence {"store_failed", QT_TRANSLATE_NOOP("Error", "The disk with your Neolingus data does not work as it should. What is already kept is untouched; check the disk.")},
    CodeSentence {"device_unwritable", QT_TRANSLATE_NOOP("Error", "The folder for your Neolingus data cannot be written. Check its permissions and the free space on the disk, then start Neolingus again.")},
    CodeSentence {"academy_newer", QT_TRANSLATE_NOOP("Error", "Your academy runs a newer version than this Neolingus. Install the new version; until then everything you do is kept on this computer.")},
    CodeSentence {"paper_malformed", QT_TRANSLATE_NOOP("Error", "This exam cannot be shown by your version of Neolingus. Tell your teacher now, and install the newest version.")},
    CodeSentence {"store_migration", QT_TRANSLATE_NOOP("Error", "Your data could not be brought to this version. Nothing was changed; please tell your academy.")},
    CodeSentence {"settings_unwritable", QT_TRANSLATE_NOOP("Error", "Your settings could not be written. They are forgotten when you close Neolingus.")},
    CodeSentence {"pack_unreadable", QT_TRANSLATE_NOOP("Error", "The file with the unit cannot be read. Check that it is still there and that you may open it.")},
    CodeSentence {"pack_too_large", QT_TRANSLATE_NOOP("Error", "This file is too large for a unit. Nothing was added.")},
    CodeSentence {"pack_older", QT_TRANSLATE_NOOP("Error", "The same or a newer version of this unit is already installed.")},
    CodeSentence {"no_key", QT_TRANSLATE_NOOP("Error", "The tutor needs a key. Add one in the settings, or use the notes tutor, which needs none.")},
    CodeSentence {"key_invalid", QT_TRANSLATE_NOOP("Error", "The tutor's provider refused the key. Check it in the settings.")},
    CodeSentence {"no_permission", QT_TRANSLATE_NOOP("Error", "Your key may not use this model. Choose another one in the settings.")},
    CodeSentence {"no_model", QT_TRANSLATE_NOOP("Error", "No model is chosen. Choose one in the settings.")},
    CodeSentence {"model_not_found", QT_TRANSLATE_NOOP("Error", "The provider does not know this model. Choose another one in the settings.")},
    CodeSentence {"quota", QT_TRANSLATE_NOOP("Error", "The credit of your key is used up.")},
    CodeSentence {"rate_limited", QT_TRANSLATE_NOOP("Error", "The tutor has too much to do. Wait a moment and try again.")},
    CodeSentence {"overloaded", QT_TRANSLATE_NOOP("Error", "The tutor's provider is overloaded. Try again in a moment.")},
    CodeSentence {"model_loading", QT_TRANSLATE_NOOP("Error", "The model on your computer is still being loaded. Wait a moment and try again.")},
    CodeSentence {"context_full", QT_TRANSLATE_NOOP("Error", "This conversation has become too long for the model. Start a new one.")},
    CodeSentence {"too_long", QT_TRANSLATE_NOOP("Error", "Your message is too long. Shorten it a little.")},
    CodeSentence {"not_sse", QT_TRANSLATE_NOOP("Error", "The address answers, but not like a tutor. Check it in the settings.")},
    CodeSentence {"busy", QT_TRANSLATE_NOOP("Error", "The tutor is still answering. Wait for the end or stop it.")},
    CodeSentence {"first_content_timeout", QT_TRANSLATE_NOOP("Error", "The tutor did not begin to answer in time. Try again.")},
    CodeSentence {"gap_timeout", QT_TRANSLATE_NOOP("Error", "The tutor fell silent in the middle. What it said is kept.")},
    CodeSentence {"exam_running", QT_TRANSLATE_NOOP("Error", "The tutor is off while you sit an exam. It is back when you have handed in.")},
    CodeSentence {"quota_student", QT_TRANSLATE_NOOP("Error", "You have used what your academy gives you of the tutor today. Tomorrow there is more; the notes tutor answers at any time.")},
    CodeSentence {"quota_academy", QT_TRANSLATE_NOOP("Error", "Your academy has used up its tutor for today. Tomorrow there is more; the notes tutor answers at any time.")},
    CodeSentence {"duplicate", QT_TRANSLATE_NOOP("Error", "This question was put before and its answer was lost. Ask it again.")},
    CodeSentence {"relay_missing", QT_TRANSLATE_NOOP("Error", "Your academy has no tutor of its own. Choose another one in the settings.")},
    CodeSentence {"relay_misconfigured", QT_TRANSLATE_NOOP("Error", "Your academy's tutor is not set up right. Tell your teacher; the notes tutor answers meanwhile.")},
    CodeSentence {"unknown_conversation", QT_TRANSLATE_NOOP("Error", "This conversation is no longer there. Start a new one.")},
    CodeSentence {"unknown_message", QT_TRANSLATE_NOOP("Error", "This message is no longer there. Open the conversation again.")},
    CodeSentence {"empty", QT_TRANSLATE_NOOP("Error", "There is nothing there yet. Write something first.")},
    CodeSentence {"budget_tokens", QT_TRANSLATE_NOOP("Error", "Your daily limit is used up. Raise it in the settings, or use the notes tutor.")},
    CodeSentence {"budget_money", QT_TRANSLATE_NOOP("Error", "Your daily limit is used up. Raise it in the settings, or use the notes tutor.")},
    CodeSentence {"breaker_open", QT_TRANSLATE_NOOP("Error", "This tutor failed several times in a row and is left in peace for a while. Try again in a minute, or choose another one.")},
    CodeSentence {"connect_timeout", QT_TRANSLATE_NOOP("Error", "The tutor's address cannot be reached. Check the network and the settings.")},
    CodeSentence {"headers_timeout", QT_TRANSLATE_NOOP("Error", "The tutor did not begin to answer in time. Try again.")},
    CodeSentence {"silence_timeout", QT_TRANSLATE_NOOP("Error", "The tutor fell silent in the middle. What it said is kept.")},
    CodeSentence {"total_timeout", QT_TRANSLATE_NOOP("Error", "The answer took too long and was ended. What was said is kept.")},
    CodeSentence {"bad_parameter", QT_TRANSLATE_NOOP("Error", "The tutor's provider did not accept the request. Choose another model in the settings.")},
    CodeSentence {"bad_request", QT_TRANSLATE_NOOP("Error", "The tutor's provider did not accept the request. Choose another model in the settings.")},
    CodeSentence {"too_large", QT_TRANSLATE_NOOP("Error", "This is too much at once for the tutor. Start a new conversation or shorten your message.")},
    CodeSentence {"server_error", QT_TRANSLATE_NOOP("Error", "The tutor's provider has a problem of its own. Try again in a moment.")},
    CodeSentence {"refused", QT_TRANSLATE_NOOP("Error", "The tutor did not want to answer this. Ask in other words, or about something else of your lesson.")},
    CodeSentence {"filtered", QT_TRANSLATE_NOOP("Error", "The provider's safety filter held the answer back. Ask in other words, or about something else of your lesson.")},
    CodeSentence {"empty_reply", QT_TRANSLATE_NOOP("Error", "The tutor answered with nothing. Try again.")},
    CodeSentence {"interrupted", QT_TRANSLATE_NOOP("Error", "The connection broke before the answer was complete. What was said is kept.")},
    CodeSentence {"nothing_to_continue", QT_TRANSLATE_NOOP("Error", "This answer is complete. Ask another question instead.")},
    CodeSentence {"catalogue_invalid", QT_TRANSLATE_NOOP("Error", "Your academy's list of models cannot be used, so the one of this program holds. Tell your academy.")},
    CodeSentence {"catalogue_moves_key", QT_TRANSLATE_NOOP("Error", "Your academy's list of models cannot be used, so the one of this program holds. Tell your academy.")},
    CodeSentence {"catalogue_newer", QT_TRANSLATE_NOOP("Error", "Your academy's list of models is for a newer Neolingus, so the one of this program holds. Install the new version.")},
};

/// Whatever is wrong inside a unit, the person with the file can do only one thing about it.
constexpr auto malformedPack = QT_TRANSLATE_NOOP("Error", "This file is not a unit that Neolingus can use: it is damaged or made for something else. Nothing was added; get a fresh copy.");

} // namespace

QString errorSentence(const Error& error)
{
    const auto* found = std::find_if(sentences.begin(), sentences.end(),
        [&error](const CodeSentence& entry) { return error.code == QLatin1String(entry.code); });
    if (found != sentences.end()) {
        return QCoreApplication::translate("Error", found->sentence);
    }
    if (error.code.startsWith(QLatin1String("pack_"))) {
        return QCoreApplication::translate("Error", malformedPack);
    }
    switch (error.kind) {
    case ErrorKind::Offline:
        return QCoreApplication::translate("Error", "The other side cannot be reached. Check the network and the address; what you do is kept on this computer.");
    case ErrorKind::Timeout:
        return QCoreApplication::translate("Error", "There was no answer in time. Try again in a moment.");
    case ErrorKind::Unauthorized:
        return QCoreApplication::translate("Error", "You need to sign in again. Everything on this computer is kept.");
    case ErrorKind::Forbidden:
        return QCoreApplication::translate("Error", "Your account may not do this.");
    case ErrorKind::NotFound:
        return QCoreApplication::translate("Error", "This was not found.");
    case ErrorKind::Conflict:
        return QCoreApplication::translate("Error", "Somebody changed this in the meantime. Look again and repeat it.");
    case ErrorKind::Invalid:
        return QCoreApplication::translate("Error", "This was not accepted. Check what you entered.");
    case ErrorKind::RateLimited:
        return QCoreApplication::translate("Error", "That was too much at once. Wait a moment and try again.");
    case ErrorKind::Server:
        return QCoreApplication::translate("Error", "The academy has a problem of its own. Try again in a moment.");
    case ErrorKind::Protocol:
        return QCoreApplication::translate("Error", "The answer could not be understood. Check that the address belongs to an academy.");
    case ErrorKind::Storage:
        return QCoreApplication::translate("Error", "Something could not be kept on this computer. Check the disk.");
    case ErrorKind::Cancelled:
        return QCoreApplication::translate("Error", "This was stopped.");
    }
    return {};
}

QString errorDetails(const Error& error)
{
    const QString kind = errorKindName(error.kind);
    return error.code.isEmpty() ? kind : kind + QStringLiteral(" · ") + error.code;
}

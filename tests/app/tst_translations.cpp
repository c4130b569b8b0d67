// SPDX-License-Identifier: GPL-3.0-or-later
// The translation files: what stands in the gaps of a sentence stands in those of its translation,
// and where a translation has another order, somebody has looked at it.
#include "tests/app/sentence_tables.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace headroom;

namespace {

struct Message {
    QString context;
    QString source;
    QString translation;
    bool isFinished = false;
};

QVector<Message> readMessages(const QString& path) {
    QFile file(path);
    QVector<Message> messages;
    if (!file.open(QIODevice::ReadOnly)) {
        return messages;
    }
    QXmlStreamReader xml(&file);
    QString context;
    Message message;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement) {
            if (xml.name() == QLatin1String("name")) {
                context = xml.readElementText();
            } else if (xml.name() == QLatin1String("message")) {
                message = {context, {}, {}, false};
            } else if (xml.name() == QLatin1String("source")) {
                message.source = xml.readElementText();
            } else if (xml.name() == QLatin1String("translation")) {
                message.isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
                message.translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
                messages.append(message);
            }
        }
    }
    return messages;
}

/// {name} of the core's sentences and %1 of the window's, in the order in which they stand.
QStringList placeholders(const QString& text) {
    QStringList found;
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        const qsizetype close = text[i] == u'{' ? text.indexOf(u'}', i) : -1;
        if (close > 0) {
            found.append(text.mid(i, close - i + 1));
        } else if (text[i] == u'%' && (text[i + 1].isDigit() || text[i + 1] == u'n')) {
            found.append(text.mid(i, 2));
        }
    }
    return found;
}

QStringList sorted(QStringList list) {
    list.sort();
    return list;
}

QStringList unique(QStringList list) {
    list.removeDuplicates();
    return sorted(list);
}

/// Orders that are known to be others than in English, by context and source.
using Orders = QHash<QString, QString>;

QString keyOf(const Message& message) {
    return QStringLiteral("%1 | %2").arg(
        message.context, QString(message.source).replace(u'\n', QLatin1String("\\n")));
}

/// A line of the list of orders: context, placeholders of the translation, source.
QString orderLine(const Message& message) {
    return QStringLiteral("%1 | %2 | %3")
        .arg(message.context, placeholders(message.translation).join(u' '),
             keyOf(message).mid(message.context.size() + 3));
}

/// What is wrong with the gaps of a translation; empty where nothing is.
QString problemOf(const Message& message, const Orders& reviewed) {
    const QStringList source = placeholders(message.source);
    const QStringList translation = placeholders(message.translation);
    // A sentence of the core names each argument once. The window's own may say one twice.
    const bool isComplete = message.context == QLatin1String("Core")
                                ? sorted(source) == sorted(translation)
                                : unique(source) == unique(translation);
    if (!isComplete) {
        return QStringLiteral("other placeholders: ") + orderLine(message);
    }
    if (translation.join(u' ') != reviewed.value(keyOf(message), source.join(u' '))) {
        return QStringLiteral("another order than reviewed: ") + orderLine(message);
    }
    return {};
}

/// The first two different placeholders of the translation change places; empty where it has not
/// two.
QString exchanged(const QString& translation) {
    const QStringList names = placeholders(translation);
    const auto other = std::find_if(names.begin(), names.end(),
                                    [&](const QString& name) { return name != names.front(); });
    if (other == names.end()) {
        return {};
    }
    QString text = translation;
    text.replace(*other, QStringLiteral("\u0001"));
    text.replace(names.front(), *other);
    return text.replace(QStringLiteral("\u0001"), names.front());
}

} // namespace

class TranslationsTest : public QObject {
    Q_OBJECT

private slots:
    void placeholdersAreKept_data() { languages(); }
    void placeholdersAreKept();
    void exchangesAreNoticed_data() { languages(); }
    void exchangesAreNoticed();
    void everySentenceIsTranslated_data() { languages(); }
    void everySentenceIsTranslated();
    void everyTableIsKnown();
    void everySentenceIsSaid();

private:
    static void languages();
    static QVector<Message> messagesOf(const QString& language);
    static Orders reviewedOf(const QString& language);
};

void TranslationsTest::languages() {
    QTest::addColumn<QString>("language");
    const QDir folder(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/translations"));
    const QStringList files = folder.entryList({QStringLiteral("headroom_*.ts")});
    QVERIFY(!files.isEmpty());
    for (const QString& file : files) {
        const QString language = file.mid(9).chopped(3);
        QTest::newRow(qPrintable(language)) << language;
    }
}

QVector<Message> TranslationsTest::messagesOf(const QString& language) {
    return readMessages(
        QStringLiteral(HEADROOM_SOURCE_DIR "/resources/translations/headroom_%1.ts").arg(language));
}

/// tests/app/placeholder_order_LANGUAGE.txt: one line for each translation that names its arguments
/// in another order than English does, as problemOf prints it.
Orders TranslationsTest::reviewedOf(const QString& language) {
    QFile file(
        QStringLiteral(HEADROOM_SOURCE_DIR "/tests/app/placeholder_order_%1.txt").arg(language));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    Orders orders;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        const QString bar = QStringLiteral(" | ");
        const QString context = line.section(bar, 0, 0);
        orders.insert(context + bar + line.section(bar, 2), line.section(bar, 1, 1));
    }
    return orders;
}

void TranslationsTest::placeholdersAreKept() {
    QFETCH(QString, language);
    const Orders reviewed = reviewedOf(language);
    Orders unused = reviewed;
    QStringList problems;
    for (const Message& message : messagesOf(language)) {
        const QString problem = problemOf(message, reviewed);
        if (!problem.isEmpty()) {
            problems.append(problem);
        }
        unused.remove(keyOf(message));
    }
    for (const QString& key : unused.keys()) {
        problems.append(QStringLiteral("no such sentence any more: ") + key);
    }
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

void TranslationsTest::exchangesAreNoticed() {
    QFETCH(QString, language);
    const Orders reviewed = reviewedOf(language);
    int changed = 0;
    for (Message message : messagesOf(language)) {
        const QString other = exchanged(message.translation);
        if (other.isEmpty()) {
            continue;
        }
        message.translation = other;
        QVERIFY2(!problemOf(message, reviewed).isEmpty(), qPrintable(orderLine(message)));
        ++changed;
    }
    QVERIFY(changed > 100);
    // A placeholder that is missing, or one too many.
    QVERIFY(
        !problemOf({QStringLiteral("Core"), QStringLiteral("{a} {b}"), QStringLiteral("{a}"), true},
                   {})
             .isEmpty());
    QVERIFY(
        !problemOf({QStringLiteral("Core"), QStringLiteral("{a}"), QStringLiteral("{a} {a}"), true},
                   {})
             .isEmpty());
    QVERIFY(
        problemOf(
            {QStringLiteral("Core"), QStringLiteral("{a} {b}"), QStringLiteral("{a}{b}"), true}, {})
            .isEmpty());
}

void TranslationsTest::everySentenceIsTranslated() {
    QFETCH(QString, language);
    QSet<QString> known;
    for (const Message& message : messagesOf(language)) {
        if (message.context == QLatin1String("Core") && message.isFinished &&
            !message.translation.isEmpty()) {
            known.insert(message.source);
        }
    }
    for (const SentenceTable& table : sentenceTables()) {
        QSet<QString> ids;
        for (const SentenceTemplate& row : table.rows) {
            const QString english =
                QString::fromUtf8(row.english.data(), static_cast<qsizetype>(row.english.size()));
            QVERIFY2(known.contains(english), row.english.data());
            const QString id =
                QString::fromUtf8(row.id.data(), static_cast<qsizetype>(row.id.size()));
            QVERIFY2(!ids.contains(id), row.id.data());
            ids.insert(id);
        }
    }
}

/// A table that this test does not read would be a table that nobody watches.
void TranslationsTest::everyTableIsKnown() {
    QSet<QString> names;
    for (const SentenceTable& table : sentenceTables()) {
        names.insert(QString::fromLatin1(table.name));
    }
    const QDir core(QStringLiteral(HEADROOM_SOURCE_DIR "/core"));
    int found = 0;
    for (const QString& room : core.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QDir folder(core.filePath(room));
        for (const QString& file : folder.entryList({QStringLiteral("*_sentences.h")})) {
            QVERIFY2(names.contains(file.chopped(2)), qPrintable(file));
            ++found;
        }
    }
    QCOMPARE(found, static_cast<int>(names.size()));
}

/// What nobody says needs no translation.
void TranslationsTest::everySentenceIsSaid() {
    QByteArray sources;
    for (const char* folder : {"core", "widgets"}) {
        QDirIterator files(QStringLiteral(HEADROOM_SOURCE_DIR "/") + QLatin1String(folder),
                           {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            sources += file.readAll();
        }
    }
    for (const SentenceTable& table : sentenceTables()) {
        if (table.rows.data() == name_sentences.data()) {
            continue; // said by their names
        }
        const QByteArray room = QByteArray(table.name).chopped(int(qstrlen("_sentences")));
        for (const SentenceTemplate& row : table.rows) {
            const QByteArray id = "<\"" + QByteArray(row.id.data()) + "\">";
            QVERIFY2(sources.contains(room + "_says" + id) || sources.contains(" say" + id),
                     row.id.data());
        }
    }
}

QTEST_APPLESS_MAIN(TranslationsTest)
#include "tst_translations.moc"

#include "ui/translation.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLocale>
#include <QXmlStreamReader>
#include <memory>

namespace ui {
namespace {

constexpr char kBetween = '\x04';  // as gettext keeps context and text apart

QByteArray keyOf(const QByteArray& context, const QByteArray& source, const QByteArray& comment) {
  return context + kBetween + source + kBetween + comment;
}

struct Message {
  QByteArray source;
  QByteArray comment;
  QStringList forms;
  bool finished = true;
};

QStringList readForms(QXmlStreamReader& xml, bool numbered) {
  if (!numbered) {
    return {xml.readElementText()};
  }
  QStringList forms;
  while (xml.readNextStartElement()) {
    if (xml.name() == QLatin1String("numerusform")) {
      forms << xml.readElementText();
    } else {
      xml.skipCurrentElement();
    }
  }
  return forms;
}

Message readMessage(QXmlStreamReader& xml) {
  Message message;
  const bool numbered = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
  while (xml.readNextStartElement()) {
    if (xml.name() == QLatin1String("source")) {
      message.source = xml.readElementText().toUtf8();
    } else if (xml.name() == QLatin1String("comment")) {
      message.comment = xml.readElementText().toUtf8();
    } else if (xml.name() == QLatin1String("translation")) {
      message.finished = xml.attributes().value(QLatin1String("type")).isEmpty();
      message.forms = readForms(xml, numbered);
    } else {
      xml.skipCurrentElement();
    }
  }
  return message;
}

}  // namespace

base::Result<void> TsTranslator::read(const QString& name) {
  QFile file(name);
  if (!file.open(QIODevice::ReadOnly)) {
    return base::Error{
        base::ErrorCode::Io,
        "The texts " + name.toStdString() + " cannot be read: " + file.errorString().toStdString()};
  }
  QHash<QByteArray, QStringList> texts;
  QXmlStreamReader xml(&file);
  if (xml.readNextStartElement() && xml.name() != QLatin1String("TS")) {
    xml.raiseError(QStringLiteral("it is no .ts file"));
  }
  while (xml.readNextStartElement()) {
    if (xml.name() != QLatin1String("context")) {
      xml.skipCurrentElement();
      continue;
    }
    QByteArray context;
    while (xml.readNextStartElement()) {
      if (xml.name() == QLatin1String("name")) {
        context = xml.readElementText().toUtf8();
      } else if (xml.name() == QLatin1String("message")) {
        const Message message = readMessage(xml);
        const bool some = !message.forms.isEmpty() && !message.forms.first().isEmpty();
        if (message.finished && some) {
          texts.insert(keyOf(context, message.source, message.comment), message.forms);
          const QByteArray anywhere = keyOf({}, message.source, {});
          if (!texts.contains(anywhere)) {
            texts.insert(anywhere, message.forms);
          }
        }
      } else {
        xml.skipCurrentElement();
      }
    }
  }
  if (xml.hasError()) {
    return base::Error{base::ErrorCode::Corrupt, name.toStdString() + ", line " +
                                                     std::to_string(xml.lineNumber()) + ": " +
                                                     xml.errorString().toStdString()};
  }
  texts_ = std::move(texts);
  return {};
}

QString TsTranslator::translate(const char* context, const char* source, const char* comment,
                                int n) const {
  auto found = texts_.constFind(keyOf(context, source, comment));
  if (found == texts_.constEnd()) {
    found = texts_.constFind(keyOf({}, source, {}));
  }
  if (found == texts_.constEnd()) {
    return {};
  }
  // One and many, as German and most languages of the West count.
  return found->size() > 1 && n >= 0 && n != 1 ? found->at(1) : found->first();
}

QStringList languages() {
  QStringList found;
  for (const QString& file : QDir(QStringLiteral(":/translations")).entryList()) {
    found << file.section(QLatin1Char('.'), 0, 0);
  }
  return found;
}

base::Result<void> speak(const QString& language, QCoreApplication& application) {
  const QString wanted = language.section(QLatin1Char('_'), 0, 0);
  const bool known = languages().contains(wanted);
  const QString code = known ? wanted : QStringLiteral("en");
  auto texts = std::make_unique<TsTranslator>(&application);
  if (auto read = texts->read(QStringLiteral(":/translations/%1.ts").arg(code)); !read) {
    return read;
  }
  QCoreApplication::installTranslator(texts.release());
  if (!known) {
    return {};
  }
  QLocale::setDefault(QLocale(language));
  if (qobject_cast<QGuiApplication*>(&application) != nullptr) {
    QGuiApplication::setLayoutDirection(QLocale(language).textDirection());
  }
  return {};
}

}  // namespace ui

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>LabelPage</name>
    <message numerus="yes">
        <source>%n track(s)</source>
        <translation>
            <numerusform>%n track</numerusform>
            <numerusform>%n tracks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s)</source>
        <translation>
            <numerusform>%n label</numerusform>
            <numerusform>%n labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left, about %1</source>
        <translation>
            <numerusform>%n left, about %1</numerusform>
            <numerusform>%n left, about %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches are like this %1. They are nearly the same; 3 of them teach as much as all.</source>
        <translation>
            <numerusform>%n stretches are like this %1. They are nearly the same; 3 of them teach as much as all.</numerusform>
            <numerusform>%n stretches are like this %1. They are nearly the same; 3 of them teach as much as all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretch(es) are like this %1.</source>
        <translation>
            <numerusform>%n stretch is like this %1.</numerusform>
            <numerusform>%n stretches are like this %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n similar one(s) labelled %1</source>
        <translation>
            <numerusform>%n similar one labelled %1</numerusform>
            <numerusform>%n similar ones labelled %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message numerus="yes">
        <source>%n more (↑ ↓)</source>
        <translation>
            <numerusform>%n more (↑ ↓)</numerusform>
            <numerusform>%n more (↑ ↓)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s). The table at the right lists them.</source>
        <translation>
            <numerusform>%n label. The table at the right lists it.</numerusform>
            <numerusform>%n labels. The table at the right lists them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>imports</name>
    <message numerus="yes">
        <source>%n sound(s)</source>
        <translation>
            <numerusform>%n sound</numerusform>
            <numerusform>%n sounds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n film(s)</source>
        <translation>
            <numerusform>%n film</numerusform>
            <numerusform>%n films</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s) like %1</source>
        <translation>
            <numerusform>%n table like %1</numerusform>
            <numerusform>%n tables like %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder %1 with %n sound(s)</source>
        <translation>
            <numerusform>Folder %1 with %n sound</numerusform>
            <numerusform>Folder %1 with %n sounds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder %1 with %n picture(s)</source>
        <translation>
            <numerusform>Folder %1 with %n picture</numerusform>
            <numerusform>Folder %1 with %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n Edge Impulse file(s)</source>
        <translation>
            <numerusform>%n Edge Impulse file</numerusform>
            <numerusform>%n Edge Impulse files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s): %1</source>
        <translation>
            <numerusform>%n feature: %1</numerusform>
            <numerusform>%n features: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s): %1</source>
        <translation>
            <numerusform>%n channel: %1</numerusform>
            <numerusform>%n channels: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%n recording</numerusform>
            <numerusform>%n recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui</name>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%n recording</numerusform>
            <numerusform>%n recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) could not be taken back: what they changed was forgotten for good.</source>
        <translation>
            <numerusform>%n step could not be taken back: what it changed was forgotten for good.</numerusform>
            <numerusform>%n steps could not be taken back: what they changed was forgotten for good.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n values</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n brokers answered.</source>
        <translation>
            <numerusform>%n broker answered.</numerusform>
            <numerusform>%n brokers answered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topics</source>
        <translation>
            <numerusform>%n topic</numerusform>
            <numerusform>%n topics</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Test</name>
    <message numerus="yes">
        <source>%n model(s) learnt from it.</source>
        <translation>
            <numerusform>%n model learnt from it.</numerusform>
            <numerusform>%n models learnt from it.</numerusform>
        </translation>
    </message>
</context>
</TS>

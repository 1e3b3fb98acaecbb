<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActPanel</name>
    <message>
        <source>Act in this house</source>
        <translation>In diesem Haus etwas tun</translation>
    </message>
    <message>
        <source>Starts or stops %1</source>
        <translation>Startet oder beendet %1</translation>
    </message>
</context>
<context>
    <name>AgreementDots</name>
    <message>
        <source>Agreement of the models</source>
        <translation>Einigkeit der Modelle</translation>
    </message>
</context>
<context>
    <name>BarsChart</name>
    <message>
        <source> (95 % between %1 and %2)</source>
        <translation> (95 % zwischen %1 und %2)</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>95 % from</source>
        <translation>95 % von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>in words</source>
        <translation>in Worten</translation>
    </message>
</context>
<context>
    <name>BrokerPicker</name>
    <message>
        <source>Look for brokers</source>
        <translation>Broker suchen</translation>
    </message>
    <message>
        <source>Brokers</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>Arrows choose a broker, Enter listens to it</source>
        <translation>Pfeile wählen einen Broker, Enter hört ihm zu</translation>
    </message>
    <message>
        <source>Or type where it is</source>
        <translation>Oder gib ein, wo er ist</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>mqtt:// or, encrypted, mqtts://, then the name and the port of the broker</source>
        <translation>mqtt:// oder, verschlüsselt, mqtts://, dann Name und Port des Brokers</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>As the broker knows you; empty where it asks for none</source>
        <translation>Wie der Broker dich kennt; leer, wo er keinen verlangt</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Kept in a file only you can read, not in the project</source>
        <translation>Liegt in einer Datei, die nur du lesen kannst, nicht im Projekt</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>file of its authority; empty: the usual ones</source>
        <translation>Datei seiner Zertifizierungsstelle; leer: die üblichen</translation>
    </message>
    <message>
        <source>A PEM file, for mqtts:// only</source>
        <translation>Eine PEM-Datei, nur für mqtts://</translation>
    </message>
    <message>
        <source>Listen (Enter)</source>
        <translation>Zuhören (Enter)</translation>
    </message>
    <message>
        <source>Logs in and shows what the broker sends</source>
        <translation>Meldet sich an und zeigt, was der Broker sendet</translation>
    </message>
</context>
<context>
    <name>CertaintyView</name>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>How likely each label is, and from where on I say it</source>
        <translation>Wie wahrscheinlich jedes Etikett ist, und ab wo ich es sage</translation>
    </message>
    <message>
        <source>How likely each label is. Right of its notch I say it, left of it I am not sure. Drag the notch, or L, then ← and →; Backspace makes it as tested.</source>
        <translation>Wie wahrscheinlich jedes Etikett ist. Rechts von seiner Kerbe sage ich es, links davon bin ich nicht sicher. Ziehe die Kerbe, oder L, dann ← und →; Rücktaste stellt sie wie getestet.</translation>
    </message>
    <message>
        <source>limit of %1: %2</source>
        <translation>Grenze von %1: %2</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Arrow keys go through the chart; Enter opens the examples behind a mark.</source>
        <translation>Pfeiltasten gehen durch das Diagramm; Enter öffnet die Beispiele hinter einer Marke.</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>The same figures as a table; copies as picture, SVG or CSV</source>
        <translation>Dieselben Zahlen als Tabelle; kopiert als Bild, SVG oder CSV</translation>
    </message>
    <message>
        <source>%1: table and copies</source>
        <translation>%1: Tabelle und Kopien</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>Copy the picture (Ctrl+C)</source>
        <translation>Das Bild kopieren (Strg+C)</translation>
    </message>
    <message>
        <source>Copy as SVG</source>
        <translation>Als SVG kopieren</translation>
    </message>
    <message>
        <source>Copy the table as CSV</source>
        <translation>Die Tabelle als CSV kopieren</translation>
    </message>
    <message>
        <source>%1: table</source>
        <translation>%1: Tabelle</translation>
    </message>
</context>
<context>
    <name>CheckExamples</name>
    <message>
        <source>Examples behind the chart</source>
        <translation>Beispiele hinter dem Diagramm</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Switch off (D)</source>
        <translation>Ausschalten (D)</translation>
    </message>
    <message>
        <source>Leaves it out of learning without deleting it</source>
        <translation>Lässt es beim Lernen aus, ohne es zu löschen</translation>
    </message>
    <message>
        <source>Remove (Del)</source>
        <translation>Entfernen (Entf)</translation>
    </message>
    <message>
        <source>Removes it; Ctrl+Z brings it back</source>
        <translation>Entfernt es; Strg+Z holt es zurück</translation>
    </message>
    <message>
        <source>No longer there</source>
        <translation>Nicht mehr da</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>not asked about</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>said %1 %2</source>
        <translation>sagte %1 %2</translation>
    </message>
    <message>
        <source>%1 · 1 example</source>
        <translation>%1 · 1 Beispiel</translation>
    </message>
    <message>
        <source>%1 · %2 examples</source>
        <translation>%1 · %2 Beispiele</translation>
    </message>
    <message>
        <source>Choose a cell, a bar or a point: the examples behind it are listed here. Tab goes from chart to chart, the arrow keys through one, Enter opens it.</source>
        <translation>Wähle eine Zelle, einen Balken oder einen Punkt: die Beispiele dahinter stehen dann hier. Tab geht von Diagramm zu Diagramm, die Pfeiltasten durch eines, Enter öffnet es.</translation>
    </message>
    <message>
        <source>No example is behind this.</source>
        <translation>Dahinter steht kein Beispiel.</translation>
    </message>
    <message>
        <source>Switch on (D)</source>
        <translation>Einschalten (D)</translation>
    </message>
    <message>
        <source>It was…</source>
        <translation>Es war …</translation>
    </message>
    <message>
        <source>Gives the example another label; so do the number keys</source>
        <translation>Gibt dem Beispiel ein anderes Etikett; das tun auch die Zahltasten</translation>
    </message>
    <message>
        <source>All %1 were…</source>
        <translation>Alle %1 waren …</translation>
    </message>
    <message>
        <source>It was %1</source>
        <translation>Es war %1</translation>
    </message>
    <message>
        <source>Keep to compare (K)</source>
        <translation>Zum Vergleichen behalten (K)</translation>
    </message>
    <message>
        <source>Its sound stays here while you look at others</source>
        <translation>Sein Klang bleibt hier, während du andere ansiehst</translation>
    </message>
    <message>
        <source>Compare no longer (K)</source>
        <translation>Nicht mehr vergleichen (K)</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>How good is the model?</source>
        <translation>Wie gut ist das Modell?</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Ends the check; what is found so far stays</source>
        <translation>Beendet die Prüfung; was gefunden ist, bleibt</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Saves every chart as SVG and CSV in a folder</source>
        <translation>Speichert jedes Diagramm als SVG und CSV in einem Ordner</translation>
    </message>
    <message>
        <source>What is taken for what</source>
        <translation>Was wofür gehalten wird</translation>
    </message>
    <message>
        <source>Turn (T)</source>
        <translation>Drehen (T)</translation>
    </message>
    <message>
        <source>Changes rows and columns</source>
        <translation>Vertauscht Zeilen und Spalten</translation>
    </message>
    <message>
        <source>Recall per label</source>
        <translation>Trefferquote je Etikett</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Of what it says, how much is so; else: of what was, how much is said</source>
        <translation>Wie viel von dem, was es sagt, stimmt; sonst: wie viel von dem, was war, es sagt</translation>
    </message>
    <message>
        <source>Claimed and true certainty</source>
        <translation>Behauptete und wahre Sicherheit</translation>
    </message>
    <message>
        <source>Map of what was heard</source>
        <translation>Karte des Gehörten</translation>
    </message>
    <message>
        <source>How the map is made</source>
        <translation>Wie die Karte entsteht</translation>
    </message>
    <message>
        <source>Components keep distances; neighbours make clear groups, and take longer</source>
        <translation>Komponenten wahren Abstände; Nachbarn bilden klare Gruppen und brauchen länger</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenten</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kern</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Learning curve</source>
        <translation>Lernkurve</translation>
    </message>
    <message>
        <source>Answers given and answers right</source>
        <translation>Gegebene und richtige Antworten</translation>
    </message>
    <message>
        <source>Whose answers</source>
        <translation>Wessen Antworten</translation>
    </message>
    <message>
        <source>All answers, or those that say one label</source>
        <translation>Alle Antworten oder die, die ein Etikett sagen</translation>
    </message>
    <message>
        <source>Honest and random split</source>
        <translation>Ehrlich und zufällig geteilt</translation>
    </message>
    <message>
        <source>Labels that look wrong</source>
        <translation>Etiketten, die falsch aussehen</translation>
    </message>
    <message>
        <source>What was heard when</source>
        <translation>Was wann gehört wurde</translation>
    </message>
    <message>
        <source>Who is served worse</source>
        <translation>Wer schlechter bedient wird</translation>
    </message>
    <message>
        <source>Where time goes</source>
        <translation>Wo die Zeit bleibt</translation>
    </message>
    <message>
        <source>What has changed</source>
        <translation>Was sich geändert hat</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>Was wäre, wenn …</translation>
    </message>
    <message>
        <source>What is worse</source>
        <translation>Was schlechter ist</translation>
    </message>
    <message>
        <source>In which way the house is worse than it was</source>
        <translation>Auf welche Weise das Haus schlechter ist, als es war</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Makes the test recordings noisier, duller, patchier, and asks again</source>
        <translation>Macht die Testaufnahmen lauter, dumpfer, lückenhafter und fragt noch einmal</translation>
    </message>
    <message>
        <source>No honest score yet: every recording was used for learning. Record one more of each and I will keep it for testing.</source>
        <translation>Noch keine ehrliche Zahl: aus jeder Aufnahme wurde gelernt. Nimm von jedem noch eines auf, und ich behalte es zum Testen.</translation>
    </message>
    <message>
        <source>Record test examples</source>
        <translation>Testbeispiele aufnehmen</translation>
    </message>
    <message>
        <source>Goes to Teach</source>
        <translation>Zu Lehren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Checks the model anew</source>
        <translation>Prüft das Modell neu</translation>
    </message>
    <message>
        <source>I can show the signal, but I have not learnt anything yet.</source>
        <translation>Ich kann das Signal zeigen, aber ich habe noch nichts gelernt.</translation>
    </message>
    <message>
        <source>Go to Teach</source>
        <translation>Zu Lehren</translation>
    </message>
    <message>
        <source>Where examples are recorded</source>
        <translation>Wo Beispiele aufgenommen werden</translation>
    </message>
    <message>
        <source>examples or model have changed since; </source>
        <translation>Beispiele oder Modell haben sich seither geändert; </translation>
    </message>
    <message>
        <source>Each recording is kept back once and asked about by models that do not know it</source>
        <translation>Jede Aufnahme wird einmal zurückgehalten und von Modellen beantwortet, die sie nicht kennen</translation>
    </message>
    <message>
        <source>Working out %1</source>
        <translation>In Arbeit: %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>Alle Antworten</translation>
    </message>
    <message>
        <source>Hear the test recordings with more noise, from further away, in another room, with less light or without a sensor, and see what is left, before it happens at home.</source>
        <translation>Höre die Testaufnahmen mit mehr Geräusch, von weiter weg, in einem anderen Raum, mit weniger Licht oder ohne einen Sensor, und sieh, was übrig bleibt, bevor es zu Hause geschieht.</translation>
    </message>
    <message>
        <source>Being worked out…</source>
        <translation>Wird ausgerechnet …</translation>
    </message>
    <message>
        <source>Not worked out yet.</source>
        <translation>Noch nicht ausgerechnet.</translation>
    </message>
    <message>
        <source>Where to save the charts</source>
        <translation>Wohin die Diagramme gespeichert werden</translation>
    </message>
    <message>
        <source>%1 files saved in %2</source>
        <translation>%1 Dateien in %2 gespeichert</translation>
    </message>
    <message>
        <source>How it got better</source>
        <translation>Wie es besser wurde</translation>
    </message>
    <message>
        <source>Now against what was taught</source>
        <translation>Jetzt gegen das Gelehrte</translation>
    </message>
    <message>
        <source>Compare with another model</source>
        <translation>Mit einem anderen Modell vergleichen</translation>
    </message>
    <message>
        <source>Sets a former model beside this one, on the same test recordings</source>
        <translation>Stellt ein früheres Modell neben dieses, an denselben Testaufnahmen</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit …</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>Trail of the last hour</source>
        <translation>Spur der letzten Stunde</translation>
    </message>
    <message>
        <source>Where what was heard in the last hour falls on the map</source>
        <translation>Wohin auf der Karte fällt, was in der letzten Stunde gehört wurde</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tagen</translation>
    </message>
    <message>
        <source>Of which label</source>
        <translation>Von welchem Etikett</translation>
    </message>
    <message>
        <source>The label whose days are compared</source>
        <translation>Das Etikett, dessen Tage verglichen werden</translation>
    </message>
</context>
<context>
    <name>CommandSearch</name>
    <message>
        <source>Search all commands</source>
        <translation>Alle Befehle durchsuchen</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchtest du tun?</translation>
    </message>
    <message>
        <source>Type a part of a name; arrows choose, Enter does it, Esc leaves</source>
        <translation>Tippe einen Teil des Namens; Pfeile wählen, Enter führt aus, Esc schließt</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Gefundene Befehle</translation>
    </message>
</context>
<context>
    <name>ExampleButton</name>
    <message>
        <source>Example of %1, %2 at %3</source>
        <translation>Beispiel für %1, %2 um %3</translation>
    </message>
    <message>
        <source>, switched off</source>
        <translation>, ausgeschaltet</translation>
    </message>
    <message>
        <source>, with a gap</source>
        <translation>, mit einer Lücke</translation>
    </message>
    <message>
        <source>%1. D switches it off or on, Del removes it.</source>
        <translation>%1. D schaltet es aus oder ein, Entf entfernt es.</translation>
    </message>
    <message>
        <source>No example yet</source>
        <translation>Noch kein Beispiel</translation>
    </message>
    <message>
        <source>the camera</source>
        <translation>die Kamera</translation>
    </message>
</context>
<context>
    <name>ExampleList</name>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
</context>
<context>
    <name>FleetPage</name>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Add a device</source>
        <translation>Gerät hinzufügen</translation>
    </message>
    <message>
        <source>Shows on the page House how another computer joins</source>
        <translation>Zeigt auf der Seite Haus, wie ein weiterer Computer dazukommt</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>One device, no waves needed. The first model is served here as soon as it is learnt.</source>
        <translation>Ein Gerät, keine Wellen nötig. Das erste Modell antwortet hier, sobald es gelernt ist.</translation>
    </message>
    <message>
        <source>One device, no waves needed. A new model is served here by itself once it is no worse on the old examples.</source>
        <translation>Ein Gerät, keine Wellen nötig. Ein neues Modell antwortet hier von selbst, sobald es an den alten Beispielen nicht schlechter ist.</translation>
    </message>
</context>
<context>
    <name>HappeningView</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Press one to see it on page Label; ↑ ↓ and Enter do the same</source>
        <translation>Drücke eines an, um es auf der Seite Markieren zu sehen; ↑ ↓ und Eingabe tun dasselbe</translation>
    </message>
    <message>
        <source>seen by %1</source>
        <translation>gesehen von %1</translation>
    </message>
    <message>
        <source>Nothing in the last ten minutes.</source>
        <translation>Nichts in den letzten zehn Minuten.</translation>
    </message>
    <message>
        <source>What happened in the last ten minutes</source>
        <translation>Was in den letzten zehn Minuten geschah</translation>
    </message>
</context>
<context>
    <name>HeardList</name>
    <message>
        <source>Heard before</source>
        <translation>Zuvor gehört</translation>
    </message>
    <message>
        <source>Press one to say what it really was</source>
        <translation>Drücke eines an, um zu sagen, was es wirklich war</translation>
    </message>
    <message>
        <source>not something I know</source>
        <translation>nichts, was ich kenne</translation>
    </message>
    <message>
        <source>now, for %1</source>
        <translation>jetzt, seit %1</translation>
    </message>
    <message>
        <source>%1 ago, for %2</source>
        <translation>vor %1, %2 lang</translation>
    </message>
    <message>
        <source>Nothing in the last ten minutes.</source>
        <translation>Nichts in den letzten zehn Minuten.</translation>
    </message>
</context>
<context>
    <name>HeldBar</name>
    <message>
        <source>All that it would do; arrows show the rest</source>
        <translation>Alles, was es tun würde; die Pfeile zeigen den Rest</translation>
    </message>
    <message>
        <source>From elsewhere</source>
        <translation>Von anderswo</translation>
    </message>
    <message>
        <source>Let it</source>
        <translation>Zulassen</translation>
    </message>
    <message>
        <source>All that is said here may be done on this computer, from now on</source>
        <translation>Alles hier Gesagte darf auf diesem Rechner von jetzt an geschehen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Nothing of it is done; a line here reminds of it</source>
        <translation>Nichts davon geschieht; eine Zeile hier erinnert daran</translation>
    </message>
    <message>
        <source>What?</source>
        <translation>Was?</translation>
    </message>
    <message>
        <source>Says again what is held back, and lets you allow it</source>
        <translation>Sagt noch einmal, was zurückgehalten ist, und lässt es dich zulassen</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>The first minute</source>
        <translation>Die erste Minute</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Lehren</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Haus</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Past</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>How sure is sure?</source>
        <translation>Wie sicher ist sicher?</translation>
    </message>
    <message>
        <source>What leaves this computer</source>
        <translation>Was diesen Computer verlässt</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Help and keys</source>
        <translation>Hilfe und Tasten</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Goes back to the window</source>
        <translation>Zurück zum Fenster</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Arrows choose a topic</source>
        <translation>Pfeile wählen ein Thema</translation>
    </message>
    <message>
        <source>Arrows scroll the text</source>
        <translation>Pfeile blättern im Text</translation>
    </message>
    <message>
        <source>Numbers are labels unless a text field has the keyboard. Everything can be undone.</source>
        <translation>Zahlen sind Etiketten, solange kein Textfeld die Tastatur hat. Alles lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>Find a command or a key</source>
        <translation>Befehl oder Taste finden</translation>
    </message>
    <message>
        <source>Shows the commands whose name or keys have these words</source>
        <translation>Zeigt die Befehle, in deren Namen oder Tasten diese Wörter stehen</translation>
    </message>
    <message>
        <source>Arrows choose a command, Enter changes its keys</source>
        <translation>Pfeile wählen einen Befehl, Enter ändert seine Tasten</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was es tut</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Change (Enter)</source>
        <translation>Ändern (Enter)</translation>
    </message>
    <message>
        <source>Gives the chosen command other keys</source>
        <translation>Gibt dem gewählten Befehl andere Tasten</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Gives the chosen command its first keys back</source>
        <translation>Gibt dem gewählten Befehl seine ersten Tasten zurück</translation>
    </message>
    <message>
        <source> (yours)</source>
        <translation> (deine)</translation>
    </message>
    <message>
        <source>This key stays as it is.</source>
        <translation>Diese Taste bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Press the new keys for “%1”, or Esc.</source>
        <translation>Drücke die neuen Tasten für „%1“ oder Esc.</translation>
    </message>
    <message>
        <source>“%1” now has %2.</source>
        <translation>„%1“ hat jetzt %2.</translation>
    </message>
</context>
<context>
    <name>HousePage</name>
    <message>
        <source>House</source>
        <translation>Haus</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>where</source>
        <translation>wo</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>round trip</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>doing</source>
        <translation>tut</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>used</source>
        <translation>benutzt</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>last heard</source>
        <translation>zuletzt gehört</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>I hear and see nothing yet.</source>
        <translation>Ich höre und sehe noch nichts.</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>Ströme</translation>
    </message>
    <message>
        <source>No node yet. Devices that speak to the %1 appear by themselves.</source>
        <translation>Noch kein Knoten. Geräte, die mit %1 sprechen, erscheinen von selbst.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>online</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>away</source>
        <translation>fort</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 benutzen</translation>
    </message>
    <message>
        <source>At least one source is used</source>
        <translation>Mindestens eine Quelle wird benutzt</translation>
    </message>
    <message>
        <source>Whether I learn from %1 and listen to it</source>
        <translation>Ob ich von %1 lerne und darauf höre</translation>
    </message>
    <message>
        <source>No node</source>
        <translation>Kein Knoten</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Settings asked</source>
        <translation>Gewünschte Einstellungen</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>on this card</source>
        <translation>auf dieser Karte</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>%1 messages could not be read. The last: %2</source>
        <translation>%1 Nachrichten waren nicht lesbar. Die letzte: %2</translation>
    </message>
</context>
<context>
    <name>ImportPartCard</name>
    <message>
        <source>What its rows are</source>
        <translation>Was ihre Zeilen sind</translation>
    </message>
    <message>
        <source>Whether its rows are one signal in time, or each is a set of features</source>
        <translation>Ob ihre Zeilen ein Signal in der Zeit sind oder jede für sich Merkmale hat</translation>
    </message>
    <message>
        <source>Each shows</source>
        <translation>Jede zeigt</translation>
    </message>
    <message>
        <source>What each of these files shows</source>
        <translation>Was jede dieser Dateien zeigt</translation>
    </message>
    <message>
        <source>A label for each file as a whole; empty: only the labels that were found</source>
        <translation>Ein Etikett für jede ganze Datei; leer: nur die Etiketten, die gefunden wurden</translation>
    </message>
    <message>
        <source>label, or nothing</source>
        <translation>Etikett oder nichts</translation>
    </message>
    <message>
        <source>Labels stand in</source>
        <translation>Etiketten stehen in</translation>
    </message>
    <message>
        <source>Column of the labels</source>
        <translation>Spalte der Etiketten</translation>
    </message>
    <message>
        <source>The column that says what each row shows</source>
        <translation>Die Spalte, die sagt, was jede Zeile zeigt</translation>
    </message>
    <message>
        <source>Bring in: %1</source>
        <translation>Hereinholen: %1</translation>
    </message>
    <message>
        <source>Unticked, it stays out</source>
        <translation>Ohne Haken bleibt es draußen</translation>
    </message>
    <message>
        <source>How many of its pictures are kept for each second</source>
        <translation>Wie viele seiner Bilder pro Sekunde behalten werden</translation>
    </message>
    <message>
        <source>How many of them there are in each second</source>
        <translation>Wie viele davon in jeder Sekunde liegen</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>Bring in recordings</source>
        <translation>Aufnahmen hereinholen</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Goes back to the window; what runs goes on</source>
        <translation>Zurück zum Fenster; was läuft, läuft weiter</translation>
    </message>
    <message>
        <source>Drop films, sounds, tables (CSV), Edge Impulse files or folders here. Label tracks of Audacity and ELAN come along where they lie beside a recording and have its name.</source>
        <translation>Lass Filme, Töne, Tabellen (CSV), Edge-Impulse-Dateien oder Ordner hier fallen. Etikettspuren von Audacity und ELAN kommen mit, wenn sie neben einer Aufnahme liegen und heißen wie sie.</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>Dateien wählen …</translation>
    </message>
    <message>
        <source>Shows your files, to choose some</source>
        <translation>Zeigt deine Dateien zum Auswählen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Takes all that is in it; names of folders in it become labels</source>
        <translation>Nimmt alles, was darin ist; Namen von Ordnern darin werden Etiketten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What is whole stays, what is at work leaves nothing</source>
        <translation>Was ganz ist, bleibt; was in Arbeit ist, hinterlässt nichts</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Opens page Label, where they are</source>
        <translation>Öffnet die Seite Markieren, wo sie sind</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>Hereinholen</translation>
    </message>
    <message>
        <source>Makes them recordings of this project; can be undone</source>
        <translation>Macht daraus Aufnahmen dieses Projekts; lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>Dateien wählen</translation>
    </message>
    <message>
        <source>How far it is: %1</source>
        <translation>Wie weit es ist: %1</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>shown by you</source>
        <translation>von dir gezeigt</translation>
    </message>
    <message>
        <source>your correction</source>
        <translation>deine Korrektur</translation>
    </message>
    <message>
        <source>missed before</source>
        <translation>vorher überhört</translation>
    </message>
    <message>
        <source>background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>I can show the signal, but I have not learnt anything yet.</source>
        <translation>Ich kann das Signal zeigen, aber ich habe noch nichts gelernt.</translation>
    </message>
    <message>
        <source>What each model says</source>
        <translation>Was jedes Modell sagt</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>quick check</source>
        <translation>schnelle Prüfung</translation>
    </message>
    <message>
        <source>all models</source>
        <translation>alle Modelle</translation>
    </message>
    <message>
        <source>Time to answer</source>
        <translation>Zeit bis zur Antwort</translation>
    </message>
    <message>
        <source>of it computing</source>
        <translation>davon rechnen</translation>
    </message>
    <message>
        <source>Novelty</source>
        <translation>Neuheit</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>Uneinigkeit</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>partly missing</source>
        <translation>fehlen zum Teil</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>Beantwortet von</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>%1 · trained %2</source>
        <translation>%1 · trainiert %2</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Trainiert auf</translation>
    </message>
    <message>
        <source>Learnt from</source>
        <translation>Gelernt aus</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Zurückgehalten</translation>
    </message>
    <message>
        <source>%1 right</source>
        <translation>%1 richtig</translation>
    </message>
    <message>
        <source>not yet tested</source>
        <translation>noch nicht getestet</translation>
    </message>
    <message>
        <source>Examples so far</source>
        <translation>Beispiele bisher</translation>
    </message>
    <message>
        <source>I start with</source>
        <translation>Ich beginne mit</translation>
    </message>
    <message>
        <source>3 each of 2 labels</source>
        <translation>je 3 von 2 Etiketten</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Example of %1</source>
        <translation>Beispiel für %1</translation>
    </message>
    <message>
        <source>Signal of the example</source>
        <translation>Signal des Beispiels</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>some are missing</source>
        <translation>einige fehlen</translation>
    </message>
    <message>
        <source>Switch off (D)</source>
        <translation>Ausschalten (D)</translation>
    </message>
    <message>
        <source>Switch on (D)</source>
        <translation>Einschalten (D)</translation>
    </message>
    <message>
        <source>Leaves it out of learning without deleting it</source>
        <translation>Lässt es beim Lernen aus, ohne es zu löschen</translation>
    </message>
    <message>
        <source>Remove (Del)</source>
        <translation>Entfernen (Entf)</translation>
    </message>
    <message>
        <source>Removes it; Ctrl+Z brings it back</source>
        <translation>Entfernt es; Strg+Z holt es zurück</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>All examples, newest first</source>
        <translation>Alle Beispiele, neueste zuerst</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>Umbenennen (F2)</translation>
    </message>
    <message>
        <source>Gives the label another name</source>
        <translation>Gibt dem Etikett einen anderen Namen</translation>
    </message>
    <message>
        <source>Remove the label</source>
        <translation>Etikett entfernen</translation>
    </message>
    <message>
        <source>Removes it with its examples; Ctrl+Z brings them back</source>
        <translation>Entfernt es mit seinen Beispielen; Strg+Z holt sie zurück</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>That is no key by itself. Press one more.</source>
        <translation>Das ist für sich allein keine Taste. Drücke noch eine.</translation>
    </message>
    <message>
        <source>Numbers are your labels. Choose another key.</source>
        <translation>Zahlen sind deine Etiketten. Wähle eine andere Taste.</translation>
    </message>
    <message>
        <source>%1 moves and presses everywhere. Choose another key.</source>
        <translation>%1 bewegt und drückt überall. Wähle eine andere Taste.</translation>
    </message>
    <message>
        <source>%1 is taken by “%2”. Choose another key.</source>
        <translation>%1 gehört schon „%2“. Wähle eine andere Taste.</translation>
    </message>
    <message>
        <source>This key stays as it is.</source>
        <translation>Diese Taste bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>One key by itself, please: another follows it.</source>
        <translation>Bitte eine einzelne Taste: ihr folgt eine andere.</translation>
    </message>
</context>
<context>
    <name>LabelCard</name>
    <message>
        <source>Name of the label</source>
        <translation>Name des Etiketts</translation>
    </message>
    <message>
        <source>Enter keeps the name, Esc leaves it as it was</source>
        <translation>Enter behält den Namen, Esc lässt ihn, wie er war</translation>
    </message>
    <message>
        <source>Records as long as it is held; the second before is kept too</source>
        <translation>Nimmt auf, solange gehalten wird; die Sekunde davor bleibt auch</translation>
    </message>
    <message>
        <source>%1 of %2 used</source>
        <translation>%1 von %2 an</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>halten</translation>
    </message>
    <message>
        <source>press</source>
        <translation>drücken</translation>
    </message>
    <message>
        <source>Record %1 while held</source>
        <translation>%1 aufnehmen, solange gehalten</translation>
    </message>
    <message>
        <source>recording, %1</source>
        <translation>Aufnahme, %1</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>Umbenennen (F2)</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Ctrl+Alt+%1</source>
        <translation>Strg+Alt+%1</translation>
    </message>
</context>
<context>
    <name>LabelFacts</name>
    <message>
        <source>Labels as a table</source>
        <translation>Etiketten als Tabelle</translation>
    </message>
    <message>
        <source>Enter changes a start, an end or a label</source>
        <translation>Enter ändert einen Anfang, ein Ende oder ein Etikett</translation>
    </message>
    <message>
        <source>Nothing is labelled here yet. Drag over the signal, or press ] for the next event and a number.</source>
        <translation>Hier ist noch nichts markiert. Ziehe über das Signal, oder drücke ] für das nächste Ereignis und eine Zahl.</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Trim to the signal (T)</source>
        <translation>Auf das Signal kürzen (T)</translation>
    </message>
    <message>
        <source>Moves start and end to where the signals rise and fall</source>
        <translation>Rückt Anfang und Ende dahin, wo die Signale steigen und fallen</translation>
    </message>
</context>
<context>
    <name>LabelPage</name>
    <message>
        <source>you, as a correction</source>
        <translation>du, als Korrektur</translation>
    </message>
    <message>
        <source>you, after it was missed</source>
        <translation>du, nachdem es überhört wurde</translation>
    </message>
    <message>
        <source>listening to the room</source>
        <translation>Hören auf den Raum</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>ein Import</translation>
    </message>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Which recordings the timeline shows (Ctrl+PageUp, Ctrl+PageDown)</source>
        <translation>Welche Aufnahmen die Zeitachse zeigt (Strg+Bild auf, Strg+Bild ab)</translation>
    </message>
    <message>
        <source>Next proposal (Tab)</source>
        <translation>Nächster Vorschlag (Tab)</translation>
    </message>
    <message>
        <source>Split (X)</source>
        <translation>Teilen (X)</translation>
    </message>
    <message>
        <source>Cuts the chosen label at the cursor</source>
        <translation>Schneidet das gewählte Etikett am Zeiger</translation>
    </message>
    <message>
        <source>Join (J)</source>
        <translation>Verbinden (J)</translation>
    </message>
    <message>
        <source>Joins the chosen label with the next of its kind</source>
        <translation>Verbindet das gewählte Etikett mit dem nächsten seiner Art</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Finds stretches like the chosen one (Ctrl+Shift+A)</source>
        <translation>Findet Stellen wie die gewählte (Strg+Umschalt+A)</translation>
    </message>
    <message>
        <source>Label these 3 (Enter)</source>
        <translation>Diese 3 markieren (Enter)</translation>
    </message>
    <message>
        <source>Labels the stretches that differ most from each other</source>
        <translation>Markiert die Stellen, die sich am meisten unterscheiden</translation>
    </message>
    <message>
        <source>Label all (Shift+Enter)</source>
        <translation>Alle markieren (Umschalt+Enter)</translation>
    </message>
    <message>
        <source>Labels every stretch found</source>
        <translation>Markiert jede gefundene Stelle</translation>
    </message>
    <message>
        <source>Not now (Esc)</source>
        <translation>Jetzt nicht (Esc)</translation>
    </message>
    <message>
        <source>Forgets what was found</source>
        <translation>Vergisst, was gefunden wurde</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message numerus="yes">
        <source>%n track(s)</source>
        <translation>
            <numerusform>%n Spur</numerusform>
            <numerusform>%n Spuren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s)</source>
        <translation>
            <numerusform>%n Etikett</numerusform>
            <numerusform>%n Etiketten</numerusform>
        </translation>
    </message>
    <message>
        <source>Playing. Hold a number to label; Space stops.</source>
        <translation>Läuft. Halte eine Zahl, um zu markieren; Leertaste hält an.</translation>
    </message>
    <message>
        <source>Marking. Enter ends it.</source>
        <translation>Markiere. Enter beendet es.</translation>
    </message>
    <message>
        <source>%1 marked. A number labels it.</source>
        <translation>%1 markiert. Eine Zahl gibt ihm ein Etikett.</translation>
    </message>
    <message>
        <source>Listening to it…</source>
        <translation>Ich höre hinein …</translation>
    </message>
    <message numerus="yes">
        <source>%n left, about %1</source>
        <translation>
            <numerusform>noch %n, etwa %1</numerusform>
            <numerusform>noch %n, etwa %1</numerusform>
        </translation>
    </message>
    <message>
        <source>All done. 0 doubtful events here.</source>
        <translation>Alles erledigt. 0 zweifelhafte Ereignisse hier.</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Model said</source>
        <translation>Das Modell sagte</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>yes, D leaves it out</source>
        <translation>ja, D lässt es aus</translation>
    </message>
    <message>
        <source>no, D uses it</source>
        <translation>nein, D benutzt es</translation>
    </message>
    <message>
        <source>Watch out</source>
        <translation>Vorsicht</translation>
    </message>
    <message>
        <source>samples are missing in it</source>
        <translation>darin fehlen Werte</translation>
    </message>
    <message>
        <source>Label all %1 (Shift+Enter)</source>
        <translation>Alle %1 markieren (Umschalt+Enter)</translation>
    </message>
    <message>
        <source>Label all %1 (Enter)</source>
        <translation>Alle %1 markieren (Enter)</translation>
    </message>
    <message>
        <source>Looking for stretches like this %1…</source>
        <translation>Ich suche Stellen wie diese von %1 …</translation>
    </message>
    <message>
        <source>Nothing else here is like this %1.</source>
        <translation>Nichts sonst hier ist wie diese von %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n stretches are like this %1. They are nearly the same; 3 of them teach as much as all.</source>
        <translation>
            <numerusform>%n Stelle ist wie diese von %1. Sie sind fast gleich; 3 davon lehren so viel wie alle.</numerusform>
            <numerusform>%n Stellen sind wie diese von %1. Sie sind fast gleich; 3 davon lehren so viel wie alle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretch(es) are like this %1.</source>
        <translation>
            <numerusform>%n Stelle ist wie diese von %1.</numerusform>
            <numerusform>%n Stellen sind wie diese von %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was %1</source>
        <translation>Es war %1</translation>
    </message>
    <message numerus="yes">
        <source>%n similar one(s) labelled %1</source>
        <translation>
            <numerusform>%n ähnliche als %1 markiert</numerusform>
            <numerusform>%n ähnliche als %1 markiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Goes to the next stretch that the model or a broken rule proposes</source>
        <translation>Geht zur nächsten Stelle, die das Modell oder eine verletzte Regel vorschlägt</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>Noch ist nichts aufgenommen.</translation>
    </message>
    <message>
        <source>Hold a number on Teach and it appears here, with everything the sensors sent.</source>
        <translation>Halte auf Lehren eine Zahl, und es erscheint hier, mit allem, was die Sensoren sandten.</translation>
    </message>
    <message>
        <source>Go to Teach (Enter)</source>
        <translation>Zu Lehren (Enter)</translation>
    </message>
    <message>
        <source>Where labels are recorded</source>
        <translation>Wo Etiketten aufgenommen werden</translation>
    </message>
</context>
<context>
    <name>LabelTable</name>
    <message>
        <source>import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>selbst</translation>
    </message>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Etikett</translation>
    </message>
    <message>
        <source>by</source>
        <translation>durch</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>Switched off: not learnt from</source>
        <translation>Ausgeschaltet: daraus wird nicht gelernt</translation>
    </message>
</context>
<context>
    <name>LinesChart</name>
    <message>
        <source>curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>95 % from</source>
        <translation>95 % von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>in words</source>
        <translation>in Worten</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
</context>
<context>
    <name>LiveFace</name>
    <message>
        <source>What the house does now</source>
        <translation>Was das Haus gerade tut</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>I can show the signal, but I have not learnt anything yet.</source>
        <translation>Ich kann das Signal zeigen, aber ich habe noch nichts gelernt.</translation>
    </message>
    <message>
        <source>Go to Teach</source>
        <translation>Zu Lehren</translation>
    </message>
    <message>
        <source>Shows the page where labels are recorded (Enter)</source>
        <translation>Zeigt die Seite, auf der Etiketten aufgenommen werden (Enter)</translation>
    </message>
    <message>
        <source>%1 · F11 or Esc: back to the window</source>
        <translation>%1 · F11 oder Esc: zurück zum Fenster</translation>
    </message>
    <message>
        <source>F11: on the whole screen, for a tablet on the wall</source>
        <translation>F11: auf dem ganzen Bildschirm, für ein Tablet an der Wand</translation>
    </message>
    <message>
        <source>, no answer</source>
        <translation>, keine Antwort</translation>
    </message>
</context>
<context>
    <name>LiveStrip</name>
    <message>
        <source>Live strip</source>
        <translation>Laufender Streifen</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>The strip follows the present again (Ctrl+End)</source>
        <translation>Der Streifen folgt wieder der Gegenwart (Strg+Ende)</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Enter keeps it, arrows move it, ↓ another, Esc drops it</source>
        <translation>Enter behält es, Pfeile bewegen es, ↓ ein anderes, Esc verwirft es</translation>
    </message>
    <message>
        <source>Enter keeps it, arrows move it, Esc drops it</source>
        <translation>Enter behält es, Pfeile bewegen es, Esc verwirft es</translation>
    </message>
    <message>
        <source>%1? %2</source>
        <translation>%1? %2</translation>
    </message>
</context>
<context>
    <name>LoadBar</name>
    <message>
        <source>Load %1</source>
        <translation>Last %1</translation>
    </message>
</context>
<context>
    <name>LocalCard</name>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Devices of this computer</source>
        <translation>Geräte dieses Computers</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Closes the list of devices (Esc)</source>
        <translation>Schließt die Geräteliste (Esc)</translation>
    </message>
    <message>
        <source>Close the list of devices</source>
        <translation>Die Geräteliste schließen</translation>
    </message>
    <message>
        <source>has</source>
        <translation>hat</translation>
    </message>
    <message>
        <source>how loud</source>
        <translation>wie laut</translation>
    </message>
    <message>
        <source>Devices that were found</source>
        <translation>Gefundene Geräte</translation>
    </message>
    <message>
        <source>or its address, for example rtsp://hall-camera/stream</source>
        <translation>oder seine Adresse, zum Beispiel rtsp://flurkamera/stream</translation>
    </message>
    <message>
        <source>Address of the device</source>
        <translation>Adresse des Geräts</translation>
    </message>
    <message>
        <source>Type where it is and press Enter</source>
        <translation>Tippe, wo es ist, und drücke Enter</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Shows what this computer has, to choose a %1 from</source>
        <translation>Zeigt, was dieser Computer hat, um daraus zu wählen: %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Stops using it; what was taught stays</source>
        <translation>Benutzt es nicht mehr; was gelehrt wurde, bleibt</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Ich suche …</translation>
    </message>
    <message>
        <source>How loud it is at %1: %2</source>
        <translation>Wie laut es an %1 ist: %2</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 benutzen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>Listens to it from now on; can be undone</source>
        <translation>Hört von jetzt an darauf; lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>Chosen by you</source>
        <translation>Von dir gewählt</translation>
    </message>
    <message>
        <source>No microphone, camera or broker is used.</source>
        <translation>Kein Mikrofon, keine Kamera, kein Broker wird benutzt.</translation>
    </message>
    <message>
        <source>Add a value of a broker</source>
        <translation>Einen Wert eines Brokers hinzufügen</translation>
    </message>
    <message>
        <source>Zigbee, Tasmota, ESPHome, Shelly …: finds your home's broker and what it hears (Ctrl+B)</source>
        <translation>Zigbee, Tasmota, ESPHome, Shelly …: findet den Broker deines Zuhauses und was er hört (Strg+B)</translation>
    </message>
</context>
<context>
    <name>LookBar</name>
    <message>
        <source>To look at only</source>
        <translation>Nur zum Ansehen</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie speichern …</translation>
    </message>
    <message>
        <source>Writes all of the project into another file and goes on there</source>
        <translation>Schreibt das ganze Projekt in eine andere Datei und macht dort weiter</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>Mimosa projects (*.mimosa)</source>
        <translation>Mimosa-Projekte (*.mimosa)</translation>
    </message>
    <message>
        <source>%1 copy.mimosa</source>
        <translation>%1 Kopie.mimosa</translation>
    </message>
    <message>
        <source>%1 You can look at everything; nothing is changed, recorded or sent.</source>
        <translation>%1 Du kannst alles ansehen; nichts wird geändert, aufgenommen oder gesendet.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Mimosa</source>
        <translation>Mimosa</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Lehren</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Haus</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Past</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Ctrl+%1</source>
        <translation>Strg+%1</translation>
    </message>
    <message>
        <source> – Mimosa</source>
        <translation> – Mimosa</translation>
    </message>
    <message>
        <source>Record %1</source>
        <translation>%1 aufnehmen</translation>
    </message>
    <message>
        <source>Starts a recording; Enter or Esc stops it</source>
        <translation>Beginnt eine Aufnahme; Enter oder Esc beendet sie</translation>
    </message>
    <message>
        <source>hold %1</source>
        <translation>%1 halten</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>Aufgabe %1</translation>
    </message>
    <message>
        <source>Brings it to the front; now: %1</source>
        <translation>Holt sie nach vorn; jetzt: %1</translation>
    </message>
</context>
<context>
    <name>MatrixChart</name>
    <message>
        <source>%1: once, %2 of all</source>
        <translation>%1: einmal, %2 von allen</translation>
    </message>
    <message>
        <source>%1: %3 times, %2 of all</source>
        <translation>%1: %3-mal, %2 von allen</translation>
    </message>
    <message>
        <source>it was</source>
        <translation>es war</translation>
    </message>
    <message>
        <source>it said</source>
        <translation>es sagte</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>difference in points</source>
        <translation>Unterschied in Punkten</translation>
    </message>
    <message>
        <source>it said ↓  it was →</source>
        <translation>es sagte ↓  es war →</translation>
    </message>
    <message>
        <source>it was ↓  it said →</source>
        <translation>es war ↓  es sagte →</translation>
    </message>
    <message>
        <source>; %1: %2, difference %3 points</source>
        <translation>; %1: %2, Unterschied %3 Punkte</translation>
    </message>
    <message>
        <source>windows, %1</source>
        <translation>Fenster, %1</translation>
    </message>
    <message>
        <source>share, %1</source>
        <translation>Anteil, %1</translation>
    </message>
</context>
<context>
    <name>NewLabelCard</name>
    <message>
        <source>New label</source>
        <translation>Neues Etikett</translation>
    </message>
    <message>
        <source>Adds something to recognise (N)</source>
        <translation>Fügt etwas hinzu, das erkannt werden soll (N)</translation>
    </message>
    <message>
        <source>Kettle, Door, Tap…</source>
        <translation>Wasserkocher, Tür, Hahn …</translation>
    </message>
    <message>
        <source>Name of the new label</source>
        <translation>Name des neuen Etiketts</translation>
    </message>
    <message>
        <source>Enter adds the label, Esc leaves it</source>
        <translation>Enter fügt das Etikett hinzu, Esc lässt es</translation>
    </message>
    <message>
        <source>Enter adds it, Esc leaves it</source>
        <translation>Enter fügt es hinzu, Esc lässt es</translation>
    </message>
    <message>
        <source>What was it? Enter teaches it</source>
        <translation>Was war es? Enter lehrt es</translation>
    </message>
</context>
<context>
    <name>NextStepBar</name>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Drop it</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Throws the new model away; the present one stays</source>
        <translation>Wirft das neue Modell weg; das jetzige bleibt</translation>
    </message>
    <message>
        <source>The next step (Enter)</source>
        <translation>Der nächste Schritt (Enter)</translation>
    </message>
    <message>
        <source>Other ways to begin</source>
        <translation>Andere Anfänge</translation>
    </message>
    <message>
        <source>A broker, the simulated house, or another project</source>
        <translation>Ein Broker, das simulierte Haus oder ein anderes Projekt</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, %2 of %3: get ready, %4…</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;, %2 von %3: mach dich bereit, %4 …</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, %2 of %3: now!</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;, %2 von %3: jetzt!</translation>
    </message>
    <message>
        <source>Stop (Enter)</source>
        <translation>Beenden (Enter)</translation>
    </message>
    <message>
        <source>Recording &lt;b&gt;%1&lt;/b&gt;, %2 left.</source>
        <translation>Aufnahme von &lt;b&gt;%1&lt;/b&gt;, noch %2.</translation>
    </message>
    <message>
        <source>Recording &lt;b&gt;%1&lt;/b&gt;. Let go or press Esc to keep it, Esc twice to throw it away.</source>
        <translation>Aufnahme von &lt;b&gt;%1&lt;/b&gt;. Loslassen oder Esc behält sie, zweimal Esc wirft sie weg.</translation>
    </message>
    <message>
        <source>Recording without a label. Hold a number to say what it is, or say it later. R ends it, Esc twice throws it away.</source>
        <translation>Aufnahme ohne Etikett. Halte eine Zahl, um zu sagen, was es ist, oder sag es später. R beendet sie, zweimal Esc wirft sie weg.</translation>
    </message>
</context>
<context>
    <name>NodeCard</name>
    <message>
        <source>Shows the settings of this node</source>
        <translation>Zeigt die Einstellungen dieses Knotens</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2, last heard %3, %4</source>
        <translation>%1, %2, zuletzt gehört %3, %4</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <source>sends no signal</source>
        <translation>sendet kein Signal</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Weglegen</translation>
    </message>
    <message>
        <source>Puts this message away</source>
        <translation>Legt diese Nachricht weg</translation>
    </message>
    <message>
        <source>I closed unexpectedly the last time. Everything you had said by then is here; of the signals at most one second is missing.</source>
        <translation>Ich wurde beim letzten Mal unerwartet beendet. Alles, was du bis dahin gesagt hattest, ist da; von den Signalen fehlt höchstens eine Sekunde.</translation>
    </message>
    <message>
        <source> (%1 times, last at %2)</source>
        <translation> (%1-mal, zuletzt um %2)</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>NowPanel</name>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Takes the lesson back (Ctrl+Z)</source>
        <translation>Nimmt die Lektion zurück (Strg+Z)</translation>
    </message>
    <message>
        <source>nothing.</source>
        <translation>nichts.</translation>
    </message>
    <message>
        <source>It was:</source>
        <translation>Es war:</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>leave it.</source>
        <translation>lässt es.</translation>
    </message>
    <message>
        <source>Wrong?</source>
        <translation>Falsch?</translation>
    </message>
    <message>
        <source>then</source>
        <translation>dann</translation>
    </message>
    <message>
        <source>you missed one.</source>
        <translation>du hast etwas überhört.</translation>
    </message>
    <message>
        <source>a new label.</source>
        <translation>ein neues Etikett.</translation>
    </message>
    <message>
        <source>You missed, in the last %1 (← →):</source>
        <translation>Du hast überhört, in den letzten %1 (← →):</translation>
    </message>
</context>
<context>
    <name>ParamForm</name>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>gewünscht</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>gemeldet</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>%1: settings</source>
        <translation>%1: Einstellungen</translation>
    </message>
    <message>
        <source>What can be set on a node stands here.</source>
        <translation>Hier steht, was sich an einem Knoten einstellen lässt.</translation>
    </message>
    <message>
        <source>%1 has nothing to set.</source>
        <translation>An %1 lässt sich nichts einstellen.</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meinen behalten</translation>
    </message>
    <message>
        <source>Asks the device again for the value asked</source>
        <translation>Bittet das Gerät noch einmal um den gewünschten Wert</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Dessen nehmen</translation>
    </message>
    <message>
        <source>Takes the value the device reports</source>
        <translation>Nimmt den Wert, den das Gerät meldet</translation>
    </message>
    <message>
        <source>%1: keep mine</source>
        <translation>%1: meinen behalten</translation>
    </message>
    <message>
        <source>%1: take theirs</source>
        <translation>%1: dessen nehmen</translation>
    </message>
    <message>
        <source>%1, reported: %2</source>
        <translation>%1, gemeldet: %2</translation>
    </message>
    <message>
        <source>%1, asked: %2, reported: %3, %4</source>
        <translation>%1, gewünscht: %2, gemeldet: %3, %4</translation>
    </message>
    <message>
        <source>Try for 30 s</source>
        <translation>30 s ausprobieren</translation>
    </message>
    <message>
        <source>What you change is tried: after 30 s it goes back by itself, unless you keep it</source>
        <translation>Was du änderst, wird ausprobiert: nach 30 s geht es von selbst zurück, wenn du es nicht behältst</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>The value stays; Ctrl+Z takes it back</source>
        <translation>Der Wert bleibt; Strg+Z nimmt ihn zurück</translation>
    </message>
    <message>
        <source>Back now</source>
        <translation>Jetzt zurück</translation>
    </message>
    <message>
        <source>The former value comes back at once</source>
        <translation>Der vorige Wert kommt sofort zurück</translation>
    </message>
    <message>
        <source>%1: keep</source>
        <translation>%1: behalten</translation>
    </message>
    <message>
        <source>%1: back now</source>
        <translation>%1: jetzt zurück</translation>
    </message>
</context>
<context>
    <name>PastFactsPanel</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>To what was looked at before</source>
        <translation>Zu dem, was zuvor betrachtet wurde</translation>
    </message>
    <message>
        <source>Facts and where they lead</source>
        <translation>Fakten und wohin sie führen</translation>
    </message>
    <message>
        <source>A row in bold leads on: Enter or a click follows it</source>
        <translation>Eine fette Zeile führt weiter; Enter oder ein Klick folgt ihr</translation>
    </message>
    <message>
        <source>Can be undone</source>
        <translation>Lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>Where things come from</source>
        <translation>Woher etwas kommt</translation>
    </message>
    <message>
        <source>Choose a step, a model or a recording. Here is then what it came from and what came of it.</source>
        <translation>Wähle einen Schritt, ein Modell oder eine Aufnahme. Dann steht hier, woher es kam und was daraus wurde.</translation>
    </message>
</context>
<context>
    <name>PastPage</name>
    <message>
        <source>Past</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Search what was done (/)</source>
        <translation>Suchen, was getan wurde (/)</translation>
    </message>
    <message>
        <source>Search what was done</source>
        <translation>Suchen, was getan wurde</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Searches for this instead</source>
        <translation>Sucht stattdessen danach</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No model has served yet.</source>
        <translation>Noch hat kein Modell geantwortet.</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was schiefging</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Nothing called “%1”.</source>
        <translation>Nichts namens „%1“.</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>Meintest du %1?</translation>
    </message>
    <message>
        <source>Nothing was done yet. Everything you say or change appears here, and any of it can be taken back.</source>
        <translation>Noch wurde nichts getan. Alles, was du sagst oder änderst, erscheint hier, und alles lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>The newest %1 of %2. Search finds the others.</source>
        <translation>Die neuesten %1 von %2. Suchen findet die anderen.</translation>
    </message>
    <message>
        <source>Search for %1</source>
        <translation>%1 suchen</translation>
    </message>
    <message>
        <source>%1 – you are here</source>
        <translation>%1 – hier bist du</translation>
    </message>
    <message>
        <source>%1 times, </source>
        <translation>%1-mal, </translation>
    </message>
    <message>
        <source>Shows the steps that hold all these words: “kettle yesterday”</source>
        <translation>Zeigt die Schritte mit all diesen Wörtern: „Wasserkocher gestern“</translation>
    </message>
    <message>
        <source>Enter goes back to the chosen step, → to its facts</source>
        <translation>Enter geht zum gewählten Schritt zurück, → zu seinen Angaben</translation>
    </message>
    <message>
        <source>Enter lets the chosen model serve again, → leads to its facts</source>
        <translation>Enter lässt das gewählte Modell wieder antworten, → führt zu seinen Angaben</translation>
    </message>
    <message>
        <source>Nothing is recorded yet. Hold a label's number on the page Teach while it happens.</source>
        <translation>Noch ist nichts aufgenommen. Halte auf der Seite Lehren die Zahl eines Etiketts, während es geschieht.</translation>
    </message>
    <message>
        <source>Enter shows what learnt from the chosen one, and can forget it</source>
        <translation>Enter zeigt, was aus der gewählten gelernt hat, und kann sie vergessen</translation>
    </message>
    <message>
        <source>Nothing went wrong that I know of. What you correct is listed here, too.</source>
        <translation>Nichts ging schief, von dem ich weiß. Auch was du berichtigst, steht hier.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>serves since %1</source>
        <translation>antwortet seit %1</translation>
    </message>
</context>
<context>
    <name>PlacementCard</name>
    <message>
        <source>Where the work is done</source>
        <translation>Wo gearbeitet wird</translation>
    </message>
    <message>
        <source>Train on</source>
        <translation>Trainieren auf</translation>
    </message>
    <message>
        <source>The computer that learns from your examples</source>
        <translation>Der Computer, der aus deinen Beispielen lernt</translation>
    </message>
    <message>
        <source>Answer from</source>
        <translation>Antworten von</translation>
    </message>
    <message>
        <source>The computer that says what is happening</source>
        <translation>Der Computer, der sagt, was geschieht</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the command</source>
        <translation>Kopiert den Befehl</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Command that starts a worker</source>
        <translation>Befehl, der einen Helfer startet</translation>
    </message>
    <message>
        <source>Answer with</source>
        <translation>Antworten mit</translation>
    </message>
    <message>
        <source>All models are right most often; three answer sooner</source>
        <translation>Alle Modelle haben am häufigsten recht; drei antworten früher</translation>
    </message>
    <message>
        <source>all models</source>
        <translation>alle Modelle</translation>
    </message>
    <message>
        <source>the three fastest</source>
        <translation>den drei schnellsten</translation>
    </message>
    <message>
        <source>Quick or steady</source>
        <translation>Flink oder ruhig</translation>
    </message>
    <message>
        <source>Steady answers wait for more evidence before they change</source>
        <translation>Ruhige Antworten warten auf mehr Hinweise, bevor sie sich ändern</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>RecordFrame</name>
    <message>
        <source>Recording %1</source>
        <translation>Aufnahme: %1</translation>
    </message>
</context>
<context>
    <name>RegionEdit</name>
    <message>
        <source>all of the picture</source>
        <translation>das ganze Bild</translation>
    </message>
    <message>
        <source>left %1 %, top %2 %, width %3 %, height %4 %</source>
        <translation>links %1 %, oben %2 %, Breite %3 %, Höhe %4 %</translation>
    </message>
</context>
<context>
    <name>RegionView</name>
    <message>
        <source>Draw the part that is looked at. Arrow keys move it, with Shift they resize it; Enter takes it, Backspace takes all of the picture, Esc leaves it as it was</source>
        <translation>Zeichne den Teil, der angesehen wird. Pfeiltasten verschieben ihn, mit Umschalt ändern sie seine Größe; Eingabe übernimmt ihn, Rücktaste nimmt das ganze Bild, Esc lässt ihn, wie er war</translation>
    </message>
    <message>
        <source>Part of the picture that is looked at: %1</source>
        <translation>Teil des Bildes, der angesehen wird: %1</translation>
    </message>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>Dieses Bild lässt sich nicht zeigen.</translation>
    </message>
    <message>
        <source>No picture has come yet. The next one stands here.</source>
        <translation>Noch ist kein Bild gekommen. Das nächste steht hier.</translation>
    </message>
</context>
<context>
    <name>RibbonsChart</name>
    <message>
        <source>from, s</source>
        <translation>von, s</translation>
    </message>
    <message>
        <source>to, s</source>
        <translation>bis, s</translation>
    </message>
    <message>
        <source>it said</source>
        <translation>es sagte</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>in words</source>
        <translation>in Worten</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>it was</source>
        <translation>es war</translation>
    </message>
</context>
<context>
    <name>RuleCard</name>
    <message>
        <source>In force</source>
        <translation>In Kraft</translation>
    </message>
    <message>
        <source>A rule that is not in force is kept and does nothing</source>
        <translation>Eine Regel, die nicht in Kraft ist, bleibt und tut nichts</translation>
    </message>
    <message>
        <source>Try on recordings</source>
        <translation>An Aufnahmen ausprobieren</translation>
    </message>
    <message>
        <source>Lists what it would have done over the last day of recordings; nothing is sent</source>
        <translation>Listet, was sie am letzten Tag der Aufnahmen getan hätte; nichts wird gesendet</translation>
    </message>
    <message>
        <source>Show in Label</source>
        <translation>In Markieren zeigen</translation>
    </message>
    <message>
        <source>Opens the page Label, where what broke it is proposed</source>
        <translation>Öffnet die Seite Markieren, wo vorgeschlagen wird, was gegen sie verstieß</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>Diese Regel entfernen</translation>
    </message>
    <message>
        <source>Removes the rule; Ctrl+Z brings it back</source>
        <translation>Entfernt die Regel; Strg+Z holt sie zurück</translation>
    </message>
    <message>
        <source>What it would have done</source>
        <translation>Was sie getan hätte</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>Jetzt: %1</translation>
    </message>
    <message>
        <source>Last: %1</source>
        <translation>Zuletzt: %1</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>A new rule in plain words; what is not understood is underlined</source>
        <translation>Eine neue Regel in einfachen Worten; was nicht verstanden wird, ist unterstrichen</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Keeps the rule that was typed (Enter)</source>
        <translation>Behält die getippte Regel (Enter)</translation>
    </message>
    <message>
        <source>What it leads to</source>
        <translation>Wozu es führt</translation>
    </message>
    <message>
        <source>What never happens</source>
        <translation>Was nie geschieht</translation>
    </message>
    <message>
        <source>Use this example</source>
        <translation>Dieses Beispiel nehmen</translation>
    </message>
    <message>
        <source>Keeps this rule; every word in it can be changed</source>
        <translation>Behält diese Regel; jedes Wort darin lässt sich ändern</translation>
    </message>
    <message>
        <source>Rules speak of labels. Add one on the page Teach first.</source>
        <translation>Regeln sprechen von Etiketten. Füge zuerst eines auf der Seite Lehren hinzu.</translation>
    </message>
    <message>
        <source>Example: %1</source>
        <translation>Beispiel: %1</translation>
    </message>
    <message>
        <source>I understand: %1</source>
        <translation>Ich verstehe: %1</translation>
    </message>
    <message>
        <source>Hold them back</source>
        <translation>Zurückhalten</translation>
    </message>
    <message>
        <source>Rules go on watching and send nothing until you let them act</source>
        <translation>Regeln beobachten weiter und senden nichts, bis du sie handeln lässt</translation>
    </message>
    <message>
        <source>Let them act</source>
        <translation>Handeln lassen</translation>
    </message>
    <message>
        <source>The rules below may send from now on; they can be held back again</source>
        <translation>Die Regeln unten dürfen von jetzt an senden; sie lassen sich wieder zurückhalten</translation>
    </message>
    <message>
        <source>Type a rule (A): When … is sure for 5 s, say "…"; when not sure do nothing; when no data do nothing. Or: Run on a device that …</source>
        <translation>Tippe eine Regel (A): When … is sure for 5 s, say "…"; when not sure do nothing; when no data do nothing. Oder: Run on a device that …</translation>
    </message>
    <message>
        <source>Where it is learnt and answered</source>
        <translation>Wo gelernt und geantwortet wird</translation>
    </message>
</context>
<context>
    <name>ScatterChart</name>
    <message>
        <source>%1, looks like nothing known</source>
        <translation>%1, sieht nach nichts Bekanntem aus</translation>
    </message>
    <message>
        <source>%1, answered right</source>
        <translation>%1, richtig beantwortet</translation>
    </message>
    <message>
        <source>%1, taken for %2</source>
        <translation>%1, für %2 gehalten</translation>
    </message>
    <message>
        <source>it was</source>
        <translation>es war</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>across</source>
        <translation>quer</translation>
    </message>
    <message>
        <source>up</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 Punkte</translation>
    </message>
    <message>
        <source>Inside the line</source>
        <translation>Innerhalb der Linie</translation>
    </message>
</context>
<context>
    <name>SentenceView</name>
    <message>
        <source>Takes out %1</source>
        <translation>Nimmt %1 heraus</translation>
    </message>
    <message>
        <source>Take out %1</source>
        <translation>%1 herausnehmen</translation>
    </message>
    <message>
        <source>Adds %1</source>
        <translation>Fügt %1 hinzu</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
</context>
<context>
    <name>SlotBox</name>
    <message>
        <source>Type %1; Enter takes it</source>
        <translation>Tippe %1; Enter nimmt es</translation>
    </message>
    <message>
        <source>Type or choose %1 (Alt+Down opens the list)</source>
        <translation>Tippe oder wähle %1 (Alt+Pfeil ab öffnet die Liste)</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>How a source is read</source>
        <translation>Wie eine Quelle gelesen wird</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>The source whose reading is shown and changed here</source>
        <translation>Die Quelle, deren Lesart hier gezeigt und geändert wird</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>What its numbers are turned into before I learn from them</source>
        <translation>Was aus ihren Zahlen wird, bevor ich daraus lerne</translation>
    </message>
    <message>
        <source>I find out what it can be turned into…</source>
        <translation>Ich finde heraus, was daraus werden kann …</translation>
    </message>
    <message>
        <source>Part of the picture</source>
        <translation>Teil des Bildes</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>Where the part begins, from the left</source>
        <translation>Wo der Teil beginnt, von links</translation>
    </message>
    <message>
        <source>top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>Where the part begins, from the top</source>
        <translation>Wo der Teil beginnt, von oben</translation>
    </message>
    <message>
        <source>width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>How wide the part is</source>
        <translation>Wie breit der Teil ist</translation>
    </message>
    <message>
        <source>height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>How high the part is</source>
        <translation>Wie hoch der Teil ist</translation>
    </message>
    <message>
        <source>Part of the picture: %1</source>
        <translation>Teil des Bildes: %1</translation>
    </message>
    <message>
        <source>What stands where a number is missing</source>
        <translation>Was steht, wo eine Zahl fehlt</translation>
    </message>
    <message>
        <source>Learn from it all the same</source>
        <translation>Trotzdem daraus lernen</translation>
    </message>
    <message>
        <source>Takes also what was recorded while its numbers looked wrong</source>
        <translation>Nimmt auch, was aufgenommen wurde, während ihre Zahlen falsch aussahen</translation>
    </message>
    <message>
        <source>%1: what stands where a number is missing</source>
        <translation>%1: was steht, wo eine Zahl fehlt</translation>
    </message>
    <message>
        <source>Features see it; what was not measured is hatched in every plot</source>
        <translation>Merkmale sehen es; was nicht gemessen wurde, ist in jeder Zeichnung schraffiert</translation>
    </message>
    <message>
        <source>Draw the part with the mouse. Or with keys: arrows move it, Shift and arrows resize it, Enter takes it, Esc leaves it as it was.</source>
        <translation>Zeichne den Teil mit der Maus. Oder mit Tasten: Pfeile verschieben ihn, Umschalt und Pfeile ändern seine Größe, Eingabe übernimmt ihn, Esc lässt ihn, wie er war.</translation>
    </message>
    <message>
        <source>All of the picture</source>
        <translation>Das ganze Bild</translation>
    </message>
    <message>
        <source>Looks at all of the picture again</source>
        <translation>Sieht wieder das ganze Bild an</translation>
    </message>
</context>
<context>
    <name>SpanPopover</name>
    <message>
        <source>What was it?</source>
        <translation>Was war das?</translation>
    </message>
    <message>
        <source>%1, %2 s long</source>
        <translation>%1, %2 s lang</translation>
    </message>
    <message>
        <source>It was %1</source>
        <translation>Es war %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>There is no label yet. N adds one.</source>
        <translation>Es gibt noch kein Etikett. N fügt eines hinzu.</translation>
    </message>
    <message>
        <source>Recording labelled</source>
        <translation>Aufnahme benannt</translation>
    </message>
</context>
<context>
    <name>SpectrumPair</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Sound of %1</source>
        <translation>Klang von %1</translation>
    </message>
    <message>
        <source>Log-mel, dB: low tones below, high tones above; both on one time scale</source>
        <translation>Log-Mel, dB: tiefe Töne unten, hohe oben; beide auf einem Zeitmaßstab</translation>
    </message>
</context>
<context>
    <name>StartWindow</name>
    <message>
        <source>Mimosa</source>
        <translation>Mimosa</translation>
    </message>
    <message>
        <source>Show me something. I will learn to recognise it.</source>
        <translation>Zeig mir etwas. Ich lerne, es zu erkennen.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Try the simulated house</source>
        <translation>Das simulierte Haus ausprobieren</translation>
    </message>
    <message>
        <source>Connect my devices</source>
        <translation>Meine Geräte verbinden</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>A project you made before, or one somebody gave you. It is one file.</source>
        <translation>Ein Projekt, das du früher gemacht hast oder das dir jemand gab. Es ist eine Datei.</translation>
    </message>
    <message>
        <source>Back to the ways to begin</source>
        <translation>Zurück zu den Anfängen</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Mimosa projects (*.mimosa)</source>
        <translation>Mimosa-Projekte (*.mimosa)</translation>
    </message>
    <message>
        <source>Rooms, devices and people who boil water and open doors. Teach it from the beginning without owning a single sensor.</source>
        <translation>Räume, Geräte und Menschen, die Wasser kochen und Türen öffnen. Lehre es von Anfang an, ohne einen einzigen Sensor zu besitzen.</translation>
    </message>
    <message>
        <source>This computer's microphone, or what your home's MQTT broker hears: Zigbee, Tasmota, ESPHome, Shelly, sensors you built.</source>
        <translation>Das Mikrofon dieses Rechners, oder was der MQTT-Broker deines Zuhauses hört: Zigbee, Tasmota, ESPHome, Shelly, selbst gebaute Sensoren.</translation>
    </message>
    <message>
        <source>Or begin with a project that answers already. The simulated house plays it to you; look, correct it, add to it.</source>
        <translation>Oder beginne mit einem Projekt, das schon antwortet. Das simulierte Haus spielt es dir vor; sieh hin, berichtige es, ergänze es.</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>Use this computer's microphone</source>
        <translation>Das Mikrofon dieses Rechners nehmen</translation>
    </message>
    <message>
        <source>Enough to begin with: it hears the kettle, the tap, the door</source>
        <translation>Genug für den Anfang: es hört den Wasserkocher, den Hahn, die Tür</translation>
    </message>
    <message>
        <source>The simulated house plays a few minutes, fast, to have something to learn from. About ten seconds…</source>
        <translation>Das simulierte Haus spielt schnell ein paar Minuten, damit es etwas zu lernen gibt. Etwa zehn Sekunden …</translation>
    </message>
    <message>
        <source>The project is opened to look at. That may take as long as a copy of it…</source>
        <translation>Das Projekt wird zum Ansehen geöffnet. Das kann so lange dauern wie eine Kopie davon …</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Aufhören (Esc)</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>disk %1</source>
        <translation>Platte %1</translation>
    </message>
    <message>
        <source>disk %1, about %2 days</source>
        <translation>Platte %1, etwa %2 Tage</translation>
    </message>
    <message>
        <source>disk %1, about %2</source>
        <translation>Platte %1, etwa %2</translation>
    </message>
    <message>
        <source>State of the program</source>
        <translation>Zustand des Programms</translation>
    </message>
    <message>
        <source>%1 readings/s</source>
        <translation>%1 Werte/s</translation>
    </message>
    <message>
        <source>Readings of all sources a second</source>
        <translation>Werte aller Quellen in der Sekunde</translation>
    </message>
    <message>
        <source>Blocks of readings lost since the project was opened</source>
        <translation>Blöcke von Werten, die verloren gingen, seit das Projekt offen ist</translation>
    </message>
    <message>
        <source>From the newest reading to the answer: usual, and 95 of 100 are faster</source>
        <translation>Vom neuesten Wert bis zur Antwort: üblich, und 95 von 100 sind schneller</translation>
    </message>
    <message>
        <source>this computer %1</source>
        <translation>dieser Computer %1</translation>
    </message>
    <message>
        <source>What this program takes of all processor cores</source>
        <translation>Was dieses Programm von allen Prozessorkernen nimmt</translation>
    </message>
    <message>
        <source>Room for the project; how long it lasts while recording all the time</source>
        <translation>Platz für das Projekt; wie lange er reicht, wenn immer aufgenommen wird</translation>
    </message>
    <message>
        <source>F1 help</source>
        <translation>F1 Hilfe</translation>
    </message>
    <message>
        <source>Lists all keys of this page (F1)</source>
        <translation>Zeigt alle Tasten dieser Seite (F1)</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation>noch keine Antworten</translation>
    </message>
    <message>
        <source>answer %1 ms (p95 %2)</source>
        <translation>Antwort %1 ms (p95 %2)</translation>
    </message>
</context>
<context>
    <name>StepsView</name>
    <message>
        <source>How teaching goes</source>
        <translation>Wie Lehren geht</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
</context>
<context>
    <name>TaskSwitch</name>
    <message>
        <source>The task in front: what you show and correct is for it. Press to choose another (Ctrl+Tab: the next)</source>
        <translation>Die vordere Aufgabe: was du zeigst und berichtigst, gilt ihr. Drücken wählt eine andere (Strg+Tab: die nächste)</translation>
    </message>
    <message>
        <source>Name of the task</source>
        <translation>Name der Aufgabe</translation>
    </message>
    <message>
        <source>Enter keeps the name, Esc leaves it as it was</source>
        <translation>Enter behält den Namen, Esc lässt ihn, wie er war</translation>
    </message>
    <message>
        <source>What is to be recognised?</source>
        <translation>Was soll erkannt werden?</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>Aufgabe %1</translation>
    </message>
</context>
<context>
    <name>TeachPage</name>
    <message>
        <source>Labels</source>
        <translation>Etiketten</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>log-mel, dB</source>
        <translation>log-mel, dB</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
    <message numerus="yes">
        <source>%n more (↑ ↓)</source>
        <translation>
            <numerusform>%n weitere (↑ ↓)</numerusform>
            <numerusform>%n weitere (↑ ↓)</numerusform>
        </translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>nicht aufgenommen</translation>
    </message>
    <message>
        <source>nothing came, %1</source>
        <translation>nichts kam, %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>%1? Enter accepts</source>
        <translation>%1? Enter nimmt an</translation>
    </message>
    <message>
        <source>%1?</source>
        <translation>%1?</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message numerus="yes">
        <source>%n label(s). The table at the right lists them.</source>
        <translation>
            <numerusform>%n Etikett. Die Tabelle rechts listet es.</numerusform>
            <numerusform>%n Etiketten. Die Tabelle rechts listet sie.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Project; press to rename it</source>
        <translation>Projekt; drücken, um es umzubenennen</translation>
    </message>
    <message>
        <source>Project name</source>
        <translation>Name des Projekts</translation>
    </message>
    <message>
        <source>Enter keeps the name, Esc leaves it as it was</source>
        <translation>Enter behält den Namen, Esc lässt ihn, wie er war</translation>
    </message>
    <message>
        <source>Everything is saved by itself; this is when it last was</source>
        <translation>Alles wird von selbst gespeichert; dies ist, wann zuletzt</translation>
    </message>
    <message>
        <source>Sources that send, of those used; press for the House page</source>
        <translation>Quellen, die senden, von den benutzten; drücken für die Seite Haus</translation>
    </message>
    <message>
        <source>The model that answers; press for its facts</source>
        <translation>Das Modell, das antwortet; drücken für seine Fakten</translation>
    </message>
    <message>
        <source>Search all commands (Ctrl+K)</source>
        <translation>Alle Befehle durchsuchen (Strg+K)</translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation>Alle Befehle durchsuchen</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message>
        <source>Light or dark (Ctrl+Shift+D)</source>
        <translation>Hell oder dunkel (Strg+Umschalt+D)</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>Show or hide the facts at the right (Ctrl+I)</source>
        <translation>Zeigt oder verbirgt die Fakten rechts (Strg+I)</translation>
    </message>
    <message>
        <source>My house</source>
        <translation>Mein Haus</translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation>Projekt %1</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>Gespeichert %1</translation>
    </message>
    <message>
        <source>Recording %1</source>
        <translation>Aufnahme: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 samples kept</source>
        <translation>%1 Werte behalten</translation>
    </message>
    <message>
        <source>Recording %1, %2</source>
        <translation>Aufnahme von %1, %2</translation>
    </message>
</context>
<context>
    <name>TopicSheet</name>
    <message>
        <source>A range is two numbers, the smaller one first, or nothing at all.</source>
        <translation>Ein Bereich sind zwei Zahlen, die kleinere zuerst, oder gar nichts.</translation>
    </message>
    <message>
        <source>Values of your devices</source>
        <translation>Werte deiner Geräte</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Goes back to the window</source>
        <translation>Zurück zum Fenster</translation>
    </message>
    <message>
        <source>What your home's MQTT broker hears – Zigbee, Tasmota, ESPHome, Shelly, Home Assistant – can be listened to as well. First the broker, then the value.</source>
        <translation>Was der MQTT-Broker deines Zuhauses hört – Zigbee, Tasmota, ESPHome, Shelly, Home Assistant – lässt sich ebenso hören. Zuerst der Broker, dann der Wert.</translation>
    </message>
    <message>
        <source>Find a topic or a value</source>
        <translation>Ein Thema oder einen Wert finden</translation>
    </message>
    <message>
        <source>Shows the topics that have these words</source>
        <translation>Zeigt die Themen mit diesen Wörtern</translation>
    </message>
    <message>
        <source>Other broker</source>
        <translation>Anderer Broker</translation>
    </message>
    <message>
        <source>Back to the brokers</source>
        <translation>Zurück zu den Brokern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What you call it</source>
        <translation>Wie du es nennst</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>°C, W, lx …; empty where there is none</source>
        <translation>°C, W, lx …; leer, wo es keine gibt</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>Smallest value to expect; empty where unknown</source>
        <translation>Kleinster zu erwartender Wert; leer, wo unbekannt</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Largest value to expect; empty where unknown</source>
        <translation>Größter zu erwartender Wert; leer, wo unbekannt</translation>
    </message>
    <message>
        <source>Make it a channel (Enter)</source>
        <translation>Zum Kanal machen (Enter)</translation>
    </message>
    <message>
        <source>Listens to it from now on, in this project; can be undone</source>
        <translation>Hört in diesem Projekt von jetzt an darauf; lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinde …</translation>
    </message>
    <message>
        <source>Connected. Nothing was sent yet; many sensors speak only when something changes.</source>
        <translation>Verbunden. Noch wurde nichts gesendet; viele Sensoren sprechen nur, wenn sich etwas ändert.</translation>
    </message>
    <message>
        <source>Choose a value: with the arrows, or click it.</source>
        <translation>Wähle einen Wert: mit den Pfeilen, oder klicke ihn an.</translation>
    </message>
    <message>
        <source>It is a channel</source>
        <translation>Es ist ein Kanal</translation>
    </message>
</context>
<context>
    <name>TopicTreeView</name>
    <message>
        <source>Topics and their values</source>
        <translation>Themen und ihre Werte</translation>
    </message>
    <message>
        <source>Arrows move and open, Enter makes the value a channel</source>
        <translation>Pfeile bewegen und öffnen, Enter macht den Wert zum Kanal</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Last value</source>
        <translation>Letzter Wert</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>Gehört</translation>
    </message>
    <message>
        <source>✓ channel</source>
        <translation>✓ Kanal</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Leave (Esc)</source>
        <translation>Verlassen (Esc)</translation>
    </message>
    <message>
        <source>Ends the tour; Shift+F1 begins it again</source>
        <translation>Beendet den Rundgang; Umschalt+F1 beginnt ihn wieder</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close the tour</source>
        <translation>Rundgang schließen</translation>
    </message>
    <message>
        <source>Leave the tour</source>
        <translation>Rundgang verlassen</translation>
    </message>
    <message>
        <source>Guided tour: %1</source>
        <translation>Rundgang: %1</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Do the next step</source>
        <translation>Den nächsten Schritt tun</translation>
    </message>
    <message>
        <source>Presses the button of the next-step line</source>
        <translation>Drückt den Knopf der Zeile, die sagt, was als Nächstes kommt</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>Neues Etikett</translation>
    </message>
    <message>
        <source>Adds something to recognise</source>
        <translation>Fügt etwas hinzu, das erkannt werden soll</translation>
    </message>
    <message>
        <source>Next task</source>
        <translation>Nächste Aufgabe</translation>
    </message>
    <message>
        <source>Brings the next task to the front: what you show and correct is for it</source>
        <translation>Holt die nächste Aufgabe nach vorn: was du zeigst und berichtigst, gilt ihr</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>Neue Aufgabe</translation>
    </message>
    <message>
        <source>Recognises something else beside this, with labels of its own, from the same sources</source>
        <translation>Erkennt daneben etwas anderes, mit eigenen Etiketten, aus denselben Quellen</translation>
    </message>
    <message>
        <source>Rename the task</source>
        <translation>Aufgabe umbenennen</translation>
    </message>
    <message>
        <source>Gives the task in front another name</source>
        <translation>Gibt der vorderen Aufgabe einen anderen Namen</translation>
    </message>
    <message>
        <source>Remove the task</source>
        <translation>Aufgabe entfernen</translation>
    </message>
    <message>
        <source>Removes the task in front with its labels; can be undone</source>
        <translation>Entfernt die vordere Aufgabe mit ihren Etiketten; lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>Record a label</source>
        <translation>Ein Etikett aufnehmen</translation>
    </message>
    <message>
        <source>Records that label as long as the key is held; 0 records nothing happening</source>
        <translation>Nimmt dieses Etikett auf, solange die Taste gehalten wird; 0 nimmt auf, dass nichts geschieht</translation>
    </message>
    <message>
        <source>Record a label from the tenth on</source>
        <translation>Ein Etikett ab dem zehnten aufnehmen</translation>
    </message>
    <message>
        <source>As a number key, for labels 10 to 18</source>
        <translation>Wie eine Zahlentaste, für die Etiketten 10 bis 18</translation>
    </message>
    <message>
        <source>Record without a label</source>
        <translation>Ohne Etikett aufnehmen</translation>
    </message>
    <message>
        <source>Records until R again, hands free; what it was is said meanwhile or later</source>
        <translation>Nimmt bis zum nächsten R auf, die Hände frei; was es war, wird währenddessen oder später gesagt</translation>
    </message>
    <message>
        <source>Record five with a countdown</source>
        <translation>Fünf mit Countdown aufnehmen</translation>
    </message>
    <message>
        <source>Counts down and records the label five times, hands free</source>
        <translation>Zählt herunter und nimmt das Etikett fünfmal auf, ohne Hände</translation>
    </message>
    <message>
        <source>Stop recording and keep it</source>
        <translation>Aufnahme beenden und behalten</translation>
    </message>
    <message>
        <source>Ends the recording; what was recorded is kept</source>
        <translation>Beendet die Aufnahme; was aufgenommen wurde, bleibt</translation>
    </message>
    <message>
        <source>Discard the recording</source>
        <translation>Die Aufnahme verwerfen</translation>
    </message>
    <message>
        <source>Throws the recording away; can be undone</source>
        <translation>Wirft die Aufnahme weg; lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>Correct the last answer</source>
        <translation>Die letzte Antwort berichtigen</translation>
    </message>
    <message>
        <source>The last answer was that label, or nothing</source>
        <translation>Die letzte Antwort war dieses Etikett, oder nichts</translation>
    </message>
    <message>
        <source>Correct to a new label</source>
        <translation>Zu einem neuen Etikett berichtigen</translation>
    </message>
    <message>
        <source>The last answer was something that has no label yet: type its name</source>
        <translation>Die letzte Antwort war etwas, das noch kein Etikett hat: tippe seinen Namen</translation>
    </message>
    <message>
        <source>You missed one</source>
        <translation>Du hast eines überhört</translation>
    </message>
    <message>
        <source>That label happened in the last seconds and was not heard; ← → say how many</source>
        <translation>Dieses Etikett geschah in den letzten Sekunden und wurde nicht gehört; ← → sagen, wie viele</translation>
    </message>
    <message>
        <source>That was…</source>
        <translation>Das war …</translation>
    </message>
    <message>
        <source>Finds when that label happened in the last ten minutes; Enter keeps the proposal</source>
        <translation>Findet, wann dieses Etikett in den letzten zehn Minuten geschah; Enter behält den Vorschlag</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Takes back the last change, also training</source>
        <translation>Nimmt die letzte Änderung zurück, auch Training</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Does again what was taken back</source>
        <translation>Tut wieder, was zurückgenommen wurde</translation>
    </message>
    <message>
        <source>Rename the label</source>
        <translation>Das Etikett umbenennen</translation>
    </message>
    <message>
        <source>Gives the selected label another name</source>
        <translation>Gibt dem gewählten Etikett einen anderen Namen</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>Begins a rule in plain words on the page Rules</source>
        <translation>Beginnt auf der Seite Regeln eine Regel in einfachen Worten</translation>
    </message>
    <message>
        <source>Switch the example off or on</source>
        <translation>Das Beispiel aus- oder einschalten</translation>
    </message>
    <message>
        <source>Leaves the selected example out of learning without deleting it</source>
        <translation>Lässt das gewählte Beispiel beim Lernen aus, ohne es zu löschen</translation>
    </message>
    <message>
        <source>Remove the example</source>
        <translation>Das Beispiel entfernen</translation>
    </message>
    <message>
        <source>Removes the selected example; can be undone</source>
        <translation>Entfernt das gewählte Beispiel; lässt sich zurücknehmen</translation>
    </message>
    <message>
        <source>Pause or resume training</source>
        <translation>Training anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>While paused, examples are kept and nothing is learnt from them</source>
        <translation>Solange angehalten ist, werden Beispiele behalten, und nichts wird daraus gelernt</translation>
    </message>
    <message>
        <source>Train now</source>
        <translation>Jetzt trainieren</translation>
    </message>
    <message>
        <source>Learns from all examples again</source>
        <translation>Lernt noch einmal aus allen Beispielen</translation>
    </message>
    <message>
        <source>Why this answer</source>
        <translation>Warum diese Antwort</translation>
    </message>
    <message>
        <source>Shows the facts behind the last answer at the right</source>
        <translation>Zeigt rechts die Fakten hinter der letzten Antwort</translation>
    </message>
    <message>
        <source>From where on it is sure</source>
        <translation>Ab wo es sicher ist</translation>
    </message>
    <message>
        <source>On the bars: ↑ ↓ choose a label, ← → move its limit, Backspace makes it as tested; on Check: in the chart that shows what comes of it</source>
        <translation>Auf den Balken: ↑ ↓ wählen ein Etikett, ← → schieben seine Grenze, Rücktaste stellt sie wie getestet; auf Prüfen: in dem Bild, das zeigt, was daraus folgt</translation>
    </message>
    <message>
        <source>Mark a span in the live strip</source>
        <translation>Eine Spanne im laufenden Streifen markieren</translation>
    </message>
    <message>
        <source>In the live strip: marks a stretch of the past to give it a label</source>
        <translation>Im laufenden Streifen: markiert ein Stück Vergangenheit, um ihm ein Etikett zu geben</translation>
    </message>
    <message>
        <source>Go back in time</source>
        <translation>In der Zeit zurückgehen</translation>
    </message>
    <message>
        <source>In the live strip: moves through the last ten minutes</source>
        <translation>Im laufenden Streifen: geht durch die letzten zehn Minuten</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>The live strip follows the present again</source>
        <translation>Der laufende Streifen folgt wieder der Gegenwart</translation>
    </message>
    <message>
        <source>Page Teach</source>
        <translation>Seite Lehren</translation>
    </message>
    <message>
        <source>Show, train, see, correct</source>
        <translation>Zeigen, trainieren, sehen, berichtigen</translation>
    </message>
    <message>
        <source>Page Label</source>
        <translation>Seite Markieren</translation>
    </message>
    <message>
        <source>Says what was when, on a timeline</source>
        <translation>Sagt auf einer Zeitachse, was wann war</translation>
    </message>
    <message>
        <source>Page Check</source>
        <translation>Seite Prüfen</translation>
    </message>
    <message>
        <source>How good the model is, and why</source>
        <translation>Wie gut das Modell ist, und warum</translation>
    </message>
    <message>
        <source>Page Live</source>
        <translation>Seite Live</translation>
    </message>
    <message>
        <source>One word, readable from afar</source>
        <translation>Ein Wort, aus der Ferne lesbar</translation>
    </message>
    <message>
        <source>Page House</source>
        <translation>Seite Haus</translation>
    </message>
    <message>
        <source>Devices, sources, settings</source>
        <translation>Geräte, Quellen, Einstellungen</translation>
    </message>
    <message>
        <source>Page Rules</source>
        <translation>Seite Regeln</translation>
    </message>
    <message>
        <source>What answers lead to, and what never happens</source>
        <translation>Wozu Antworten führen, und was nie geschieht</translation>
    </message>
    <message>
        <source>Page Fleet</source>
        <translation>Seite Flotte</translation>
    </message>
    <message>
        <source>Which computers serve the model</source>
        <translation>Welche Computer das Modell antworten lassen</translation>
    </message>
    <message>
        <source>Page Past</source>
        <translation>Seite Früher</translation>
    </message>
    <message>
        <source>Everything that was done, and where models come from</source>
        <translation>Alles, was getan wurde, und woher Modelle kommen</translation>
    </message>
    <message>
        <source>Find values of your devices</source>
        <translation>Werte deiner Geräte finden</translation>
    </message>
    <message>
        <source>Finds brokers and their topics; a value of your home's devices becomes a channel</source>
        <translation>Findet Broker und ihre Themen; ein Wert der Geräte deines Zuhauses wird zum Kanal</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Two minutes from nothing to a first answer; Esc leaves it at any time</source>
        <translation>Zwei Minuten von nichts bis zur ersten Antwort; Esc verlässt ihn jederzeit</translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation>Alle Befehle durchsuchen</translation>
    </message>
    <message>
        <source>Finds everything the program can do by its name</source>
        <translation>Findet alles, was das Programm kann, nach seinem Namen</translation>
    </message>
    <message>
        <source>Live on the whole screen</source>
        <translation>Live auf dem ganzen Bildschirm</translation>
    </message>
    <message>
        <source>Shows what is heard and nothing else; F11 or Esc goes back</source>
        <translation>Zeigt, was gehört wird, und sonst nichts; F11 oder Esc geht zurück</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Explains this page, and everything else</source>
        <translation>Erklärt diese Seite und alles andere</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Lists all keys, and changes them</source>
        <translation>Listet alle Tasten und ändert sie</translation>
    </message>
    <message>
        <source>Show or hide the facts at the right</source>
        <translation>Die Fakten rechts zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Shows or hides the panel with the facts of what is selected</source>
        <translation>Zeigt oder verbirgt die Tafel mit den Fakten des Gewählten</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message>
        <source>Switches between the light and the dark theme</source>
        <translation>Wechselt zwischen hellem und dunklem Thema</translation>
    </message>
    <message>
        <source>Record without holding the key</source>
        <translation>Aufnehmen, ohne die Taste zu halten</translation>
    </message>
    <message>
        <source>Press a number once to start and once more to stop</source>
        <translation>Drücke eine Zahl einmal zum Beginnen und noch einmal zum Beenden</translation>
    </message>
    <message>
        <source>Bring in recordings</source>
        <translation>Aufnahmen hereinholen</translation>
    </message>
    <message>
        <source>Films, sounds, tables, pictures and folders become recordings of this project</source>
        <translation>Filme, Töne, Tabellen, Bilder und Ordner werden Aufnahmen dieses Projekts</translation>
    </message>
</context>
<context>
    <name>happenings</name>
    <message>
        <source>now, for %1</source>
        <translation>jetzt, seit %1</translation>
    </message>
    <message>
        <source>%1, for %2</source>
        <translation>%1, %2 lang</translation>
    </message>
</context>
<context>
    <name>imports</name>
    <message>
        <source>Sound %1</source>
        <translation>Ton %1</translation>
    </message>
    <message numerus="yes">
        <source>%n sound(s)</source>
        <translation>
            <numerusform>%n Tonaufnahme</numerusform>
            <numerusform>%n Tonaufnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Film %1</source>
        <translation>Film %1</translation>
    </message>
    <message numerus="yes">
        <source>%n film(s)</source>
        <translation>
            <numerusform>%n Film</numerusform>
            <numerusform>%n Filme</numerusform>
        </translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message numerus="yes">
        <source>%n table(s) like %1</source>
        <translation>
            <numerusform>%n Tabelle wie %1</numerusform>
            <numerusform>%n Tabellen wie %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder %1 with %n sound(s)</source>
        <translation>
            <numerusform>Ordner %1 mit %n Tonaufnahme</numerusform>
            <numerusform>Ordner %1 mit %n Tonaufnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder %1 with %n picture(s)</source>
        <translation>
            <numerusform>Ordner %1 mit %n Bild</numerusform>
            <numerusform>Ordner %1 mit %n Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>Edge Impulse file %1</source>
        <translation>Edge-Impulse-Datei %1</translation>
    </message>
    <message numerus="yes">
        <source>%n Edge Impulse file(s)</source>
        <translation>
            <numerusform>%n Edge-Impulse-Datei</numerusform>
            <numerusform>%n Edge-Impulse-Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 samples a second</source>
        <translation>%1 Werte pro Sekunde</translation>
    </message>
    <message>
        <source>%1 rows a second</source>
        <translation>%1 Zeilen pro Sekunde</translation>
    </message>
    <message numerus="yes">
        <source>%n feature(s): %1</source>
        <translation>
            <numerusform>%n Merkmal: %1</numerusform>
            <numerusform>%n Merkmale: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s): %1</source>
        <translation>
            <numerusform>%n Kanal: %1</numerusform>
            <numerusform>%n Kanäle: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and more</source>
        <translation>%1 und mehr</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>weggelassen: %1</translation>
    </message>
    <message>
        <source>labels found: %1</source>
        <translation>gefundene Etiketten: %1</translation>
    </message>
    <message>
        <source>no labels found</source>
        <translation>keine Etiketten gefunden</translation>
    </message>
    <message>
        <source>no column</source>
        <translation>in keiner Spalte</translation>
    </message>
    <message>
        <source>pictures a second</source>
        <translation>Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>rows a second</source>
        <translation>Zeilen pro Sekunde</translation>
    </message>
    <message>
        <source>rows one after another in time</source>
        <translation>Zeilen nacheinander in der Zeit</translation>
    </message>
    <message>
        <source>each row for itself</source>
        <translation>jede Zeile für sich</translation>
    </message>
    <message>
        <source>There is no column of time: say how many rows came in a second.</source>
        <translation>Es gibt keine Spalte mit der Zeit: Sag, wie viele Zeilen in einer Sekunde kamen.</translation>
    </message>
    <message>
        <source>Say in which column the labels stand.</source>
        <translation>Sag, in welcher Spalte die Etiketten stehen.</translation>
    </message>
    <message>
        <source>I look at what is there…</source>
        <translation>Ich sehe nach, was da ist …</translation>
    </message>
    <message>
        <source>There is nothing in it that I can bring in.</source>
        <translation>Darin ist nichts, was ich hereinholen kann.</translation>
    </message>
    <message>
        <source>Nothing is brought in before you say so.</source>
        <translation>Nichts kommt herein, bevor du es sagst.</translation>
    </message>
    <message>
        <source>Nothing can be brought in as it is.</source>
        <translation>So kann nichts hereingeholt werden.</translation>
    </message>
    <message>
        <source>I bring in %1…</source>
        <translation>Ich hole %1 herein …</translation>
    </message>
    <message>
        <source>Stopped. Nothing was brought in.</source>
        <translation>Angehalten. Nichts kam herein.</translation>
    </message>
    <message>
        <source>Nothing was brought in.</source>
        <translation>Nichts kam herein.</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1 mit %2</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%n Aufnahme</numerusform>
            <numerusform>%n Aufnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n Beispiel</numerusform>
            <numerusform>%n Beispielen</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was whole is in the project: %1.</source>
        <translation>Angehalten. Was ganz war, ist im Projekt: %1.</translation>
    </message>
    <message>
        <source>In the project now: %1. It can be undone.</source>
        <translation>Jetzt im Projekt: %1. Das lässt sich zurücknehmen.</translation>
    </message>
</context>
<context>
    <name>intent</name>
    <message>
        <source>%1 labelled</source>
        <translation>%1 markiert</translation>
    </message>
    <message>
        <source>Edge moved</source>
        <translation>Rand verschoben</translation>
    </message>
    <message>
        <source>Label moved</source>
        <translation>Etikett verschoben</translation>
    </message>
    <message>
        <source>Label trimmed</source>
        <translation>Etikett gekürzt</translation>
    </message>
    <message>
        <source>It was %1</source>
        <translation>Es war %1</translation>
    </message>
</context>
<context>
    <name>ribbon</name>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
</context>
<context>
    <name>sensors</name>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
</context>
<context>
    <name>ui</name>
    <message>
        <source>on change</source>
        <translation>bei Änderung</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>0 ms</source>
        <translation>0 ms</translation>
    </message>
    <message>
        <source>%1%2 ms</source>
        <translation>%1%2 ms</translation>
    </message>
    <message>
        <source>%1%2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>online</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>away</source>
        <translation>fort</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>no streams</source>
        <translation>keine Ströme</translation>
    </message>
    <message>
        <source> ±%1 ms</source>
        <translation> ±%1 ms</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>dieser Computer</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>sends</source>
        <translation>sendet</translation>
    </message>
    <message>
        <source>sends, not used</source>
        <translation>sendet, nicht benutzt</translation>
    </message>
    <message>
        <source>Label split</source>
        <translation>Etikett geteilt</translation>
    </message>
    <message>
        <source>Labels joined</source>
        <translation>Etiketten verbunden</translation>
    </message>
    <message>
        <source>%1 cores, %2 GB</source>
        <translation>%1 Kerne, %2 GB</translation>
    </message>
    <message>
        <source>%1, load %2</source>
        <translation>%1, Last %2</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>answers with model %1</source>
        <translation>antwortet mit Modell %1</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>is learning</source>
        <translation>lernt</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>No model yet.</source>
        <translation>Noch kein Modell.</translation>
    </message>
    <message>
        <source>Model %1 is ready; nobody answers just now.</source>
        <translation>Modell %1 ist bereit; gerade antwortet niemand.</translation>
    </message>
    <message>
        <source>%1 %2.</source>
        <translation>%1 %2.</translation>
    </message>
    <message>
        <source>1 device is away.</source>
        <translation>1 Gerät ist fort.</translation>
    </message>
    <message>
        <source>%1 devices are away.</source>
        <translation>%1 Geräte sind fort.</translation>
    </message>
    <message>
        <source>opening…</source>
        <translation>wird geöffnet …</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>in use already</source>
        <translation>schon in Gebrauch</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Ich suche …</translation>
    </message>
    <message>
        <source>I find no %1 on this computer. Plug one in and look again.</source>
        <translation>Ich finde auf diesem Computer nichts dieser Art: %1. Stecke eines an und sieh noch einmal nach.</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>Von %1 bis %2.</translation>
    </message>
    <message>
        <source>One of %1.</source>
        <translation>Eines von %1.</translation>
    </message>
    <message>
        <source>A change takes effect when the device restarts.</source>
        <translation>Eine Änderung wirkt, wenn das Gerät neu startet.</translation>
    </message>
    <message>
        <source>A change takes effect when the stream starts anew.</source>
        <translation>Eine Änderung wirkt, wenn der Strom neu beginnt.</translation>
    </message>
    <message>
        <source>in step %1</source>
        <translation>stimmt überein %1</translation>
    </message>
    <message>
        <source>in step</source>
        <translation>stimmt überein</translation>
    </message>
    <message>
        <source>waiting, the device is away</source>
        <translation>wartet, das Gerät ist fort</translation>
    </message>
    <message>
        <source>waiting, after restart</source>
        <translation>wartet, nach Neustart</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>abgelehnt: %1</translation>
    </message>
    <message>
        <source>changed elsewhere</source>
        <translation>anderswo geändert</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>a removed label</source>
        <translation>ein entferntes Etikett</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>ein Import</translation>
    </message>
    <message>
        <source>listening to the room</source>
        <translation>Hören auf den Raum</translation>
    </message>
    <message>
        <source>you, as a correction</source>
        <translation>du, als Korrektur</translation>
    </message>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
    <message>
        <source>This was taken back.</source>
        <translation>Das wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>This holds.</source>
        <translation>Das gilt.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Do again up to here</source>
        <translation>Bis hierher wiederholen</translation>
    </message>
    <message>
        <source>Later steps</source>
        <translation>Spätere Schritte</translation>
    </message>
    <message>
        <source>Undo to here</source>
        <translation>Bis hierher zurücknehmen</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>Antwortete</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Trainiert auf</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>%1 held out</source>
        <translation>%1 zurückgehalten</translation>
    </message>
    <message>
        <source>not yet tested</source>
        <translation>noch nicht getestet</translation>
    </message>
    <message>
        <source>What it learnt from was not kept.</source>
        <translation>Woraus es lernte, wurde nicht behalten.</translation>
    </message>
    <message>
        <source>Learnt from %1 in %2.</source>
        <translation>Gelernt aus %1 in %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%n Aufnahme</numerusform>
            <numerusform>%n Aufnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>a former recording</source>
        <translation>eine frühere Aufnahme</translation>
    </message>
    <message>
        <source>Serve it again</source>
        <translation>Wieder antworten lassen</translation>
    </message>
    <message>
        <source>Recording of %1</source>
        <translation>Aufnahme von %1</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Watch out</source>
        <translation>Vorsicht</translation>
    </message>
    <message>
        <source>samples are missing in it</source>
        <translation>darin fehlen Werte</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <translation>%1, durch %2</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>%1 times larger</source>
        <translation>%1-mal größer</translation>
    </message>
    <message>
        <source>%1 times smaller</source>
        <translation>%1-mal kleiner</translation>
    </message>
    <message>
        <source>%1: %2 not numbers</source>
        <translation>%1: %2 keine Zahlen</translation>
    </message>
    <message>
        <source>%1 out of range</source>
        <translation>%1 außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>%1 at its limit</source>
        <translation>%1 am Anschlag</translation>
    </message>
    <message>
        <source>%1 stands still</source>
        <translation>%1 steht still</translation>
    </message>
    <message>
        <source>other rate</source>
        <translation>andere Rate</translation>
    </message>
    <message>
        <source>other channels</source>
        <translation>andere Kanäle</translation>
    </message>
    <message>
        <source>floods</source>
        <translation>flutet</translation>
    </message>
    <message>
        <source>turned: %1 is down</source>
        <translation>gedreht: %1 zeigt nach unten</translation>
    </message>
    <message>
        <source>%1 in another unit?</source>
        <translation>%1 in anderer Einheit?</translation>
    </message>
    <message>
        <source>Since %1 %2 sent %3 values that are no numbers. I leave them out.</source>
        <translation>Seit %1 sandte %2 %3 Werte, die keine Zahlen sind. Ich lasse sie aus.</translation>
    </message>
    <message>
        <source>Since %1 %2 sends values outside its range, the last was %3.</source>
        <translation>Seit %1 sendet %2 Werte außerhalb seines Bereichs, zuletzt %3.</translation>
    </message>
    <message>
        <source>Since %1 %2 sticks at the end of its range, %3: too loud, or too strong?</source>
        <translation>Seit %1 bleibt %2 am Ende seines Bereichs, %3: zu laut oder zu stark?</translation>
    </message>
    <message>
        <source>Since %1 %2 has been exactly %3. The sensor may be stuck.</source>
        <translation>Seit %1 ist %2 genau %3. Vielleicht klemmt der Sensor.</translation>
    </message>
    <message>
        <source>Since %1 %2 rows a second come; it was taught with %3.</source>
        <translation>Seit %1 kommen %2 Zeilen in der Sekunde; gelehrt wurde mit %3.</translation>
    </message>
    <message>
        <source>Since %1 it sends other channels than it was taught with: %2.</source>
        <translation>Seit %1 sendet es andere Kanäle, als gelehrt wurden: %2.</translation>
    </message>
    <message>
        <source>Since %1 it floods: %2 rows a second, declared are %3. I take what I can.</source>
        <translation>Seit %1 flutet es: %2 Zeilen in der Sekunde, angegeben sind %3. Ich nehme, was ich kann.</translation>
    </message>
    <message>
        <source>Since %1 %2 points up or down; when it was taught, %3 did. Was it turned, or are axes swapped?</source>
        <translation>Seit %1 zeigt %2 nach oben oder unten; als gelehrt wurde, tat es %3. Wurde der Sensor gedreht, oder sind Achsen vertauscht?</translation>
    </message>
    <message>
        <source>Since %1 %2 is %3 than when it was taught. Another unit?</source>
        <translation>Seit %1 ist %2 %3, als es gelehrt wurde. Eine andere Einheit?</translation>
    </message>
    <message>
        <source>%1, %2 more</source>
        <translation>%1, %2 mehr</translation>
    </message>
    <message>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <source>twice</source>
        <translation>zweimal</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1-mal</translation>
    </message>
    <message>
        <source>I do not understand “%1”; I expect %2.</source>
        <translation>Ich verstehe „%1“ nicht; ich erwarte %2.</translation>
    </message>
    <message>
        <source>Still missing: %1.</source>
        <translation>Es fehlt noch: %1.</translation>
    </message>
    <message>
        <source>  (not done: %1)</source>
        <translation>  (nicht getan: %1)</translation>
    </message>
    <message>
        <source>cannot be read; nothing is done</source>
        <translation>ist nicht lesbar; nichts wird getan</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>kept so far</source>
        <translation>bisher eingehalten</translation>
    </message>
    <message>
        <source>broken %1</source>
        <translation>%1 verletzt</translation>
    </message>
    <message>
        <source>holds for %1</source>
        <translation>gilt für %1</translation>
    </message>
    <message>
        <source>Listening to the recordings again…</source>
        <translation>Ich höre die Aufnahmen noch einmal …</translation>
    </message>
    <message>
        <source>Over 1 recording, %2</source>
        <translation>Über 1 Aufnahme, %2</translation>
    </message>
    <message>
        <source>Over %1 recordings, %2</source>
        <translation>Über %1 Aufnahmen, %2</translation>
    </message>
    <message>
        <source>%1: never.</source>
        <translation>%1: nie.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>1 rule</source>
        <translation>1 Regel</translation>
    </message>
    <message>
        <source>%1 rules</source>
        <translation>%1 Regeln</translation>
    </message>
    <message>
        <source>%1, %2 switched off</source>
        <translation>%1, %2 ausgeschaltet</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>%1 pictures/s</source>
        <translation>%1 Bilder/s</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Until now</source>
        <translation>Bis jetzt</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>lernt</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>%1 (away)</source>
        <translation>%1 (fort)</translation>
    </message>
    <message>
        <source>Everything runs on this computer. Others are ready to share the work.</source>
        <translation>Alles läuft auf diesem Computer. Andere stehen bereit, die Arbeit zu teilen.</translation>
    </message>
    <message>
        <source>Everything runs on this computer. Add another to share the work.</source>
        <translation>Alles läuft auf diesem Computer. Füge einen weiteren hinzu, um die Arbeit zu teilen.</translation>
    </message>
    <message>
        <source>%1 learns and answers.</source>
        <translation>%1 lernt und antwortet.</translation>
    </message>
    <message>
        <source>%1 learns, %2 answers.</source>
        <translation>%1 lernt, %2 antwortet.</translation>
    </message>
    <message>
        <source>quick</source>
        <translation>flink</translation>
    </message>
    <message>
        <source>rather quick</source>
        <translation>eher flink</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>ausgewogen</translation>
    </message>
    <message>
        <source>rather steady</source>
        <translation>eher ruhig</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>The broker of this project is private: no other computer can reach it. Open the project with a broker of your house, then type on the other computer:</source>
        <translation>Der Broker dieses Projekts ist privat: kein anderer Computer erreicht ihn. Öffne das Projekt mit einem Broker deines Hauses, dann tippe auf dem anderen Computer:</translation>
    </message>
    <message>
        <source>the address of this computer for ADDRESS</source>
        <translation>die Adresse dieses Computers für ADDRESS</translation>
    </message>
    <message>
        <source>the file of your authority for CERTIFICATE</source>
        <translation>die Datei deiner Zertifizierungsstelle für CERTIFICATE</translation>
    </message>
    <message>
        <source>its own name and password at the broker</source>
        <translation>seinen eigenen Namen und sein Passwort am Broker</translation>
    </message>
    <message>
        <source>Type on the other computer:</source>
        <translation>Tippe auf dem anderen Computer:</translation>
    </message>
    <message>
        <source>Type on the other computer, with %1:</source>
        <translation>Tippe auf dem anderen Computer, mit %1:</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Listen to the room while nothing happens</source>
        <translation>Auf den Raum hören, während nichts geschieht</translation>
    </message>
    <message>
        <source>%1 of 10 s</source>
        <translation>%1 von 10 s</translation>
    </message>
    <message>
        <source>Add a label (N) and hold its number while it happens, three times</source>
        <translation>Ein Etikett hinzufügen (N) und seine Zahl halten, während es geschieht, dreimal</translation>
    </message>
    <message>
        <source>Do the same with a second label</source>
        <translation>Dasselbe mit einem zweiten Etikett</translation>
    </message>
    <message>
        <source>I learn by myself. Do one of them again and watch what I say</source>
        <translation>Ich lerne von selbst. Tu eines davon noch einmal und sieh, was ich sage</translation>
    </message>
    <message>
        <source>The project as it was then</source>
        <translation>Das Projekt, wie es damals war</translation>
    </message>
    <message>
        <source>look</source>
        <translation>ansehen</translation>
    </message>
    <message>
        <source>Forgotten, it is gone with all that was said in it, and I learn anew from what is left. Until the project is closed, undo brings it back.</source>
        <translation>Vergessen ist sie fort mit allem, was in ihr gesagt wurde, und ich lerne neu aus dem Rest. Bis das Projekt geschlossen wird, holt Zurücknehmen sie zurück.</translation>
    </message>
    <message>
        <source>Forget this recording</source>
        <translation>Diese Aufnahme vergessen</translation>
    </message>
    <message>
        <source>As it was at %1</source>
        <translation>Wie es um %1 war</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Ich lese …</translation>
    </message>
    <message>
        <source>To look at only; nothing changes by it.</source>
        <translation>Nur zum Ansehen; dadurch ändert sich nichts.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) could not be taken back: what they changed was forgotten for good.</source>
        <translation>
            <numerusform>%n Schritt ließ sich nicht zurücknehmen: was er änderte, wurde endgültig vergessen.</numerusform>
            <numerusform>%n Schritte ließen sich nicht zurücknehmen: was sie änderten, wurde endgültig vergessen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>held back; holds for %1</source>
        <translation>zurückgehalten; gilt für %1</translation>
    </message>
    <message>
        <source>held back; waits</source>
        <translation>zurückgehalten; wartet</translation>
    </message>
    <message>
        <source>1 rule is held back: it is watched, and sends nothing until you let it act.</source>
        <translation>1 Regel ist zurückgehalten: sie wird beobachtet und sendet nichts, bis du sie handeln lässt.</translation>
    </message>
    <message>
        <source>%1 rules are held back: they are watched, and send nothing until you let them act.</source>
        <translation>%1 Regeln sind zurückgehalten: sie werden beobachtet und senden nichts, bis du sie handeln lässt.</translation>
    </message>
    <message>
        <source>1 rule was not made on this computer: it is watched, and sends nothing until you let it act.</source>
        <translation>1 Regel wurde nicht auf diesem Computer gemacht: sie wird beobachtet und sendet nichts, bis du sie handeln lässt.</translation>
    </message>
    <message>
        <source>%1 rules were not made on this computer: they are watched, and send nothing until you let them act.</source>
        <translation>%1 Regeln wurden nicht auf diesem Computer gemacht: sie werden beobachtet und senden nichts, bis du sie handeln lässt.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>listen to %1</source>
        <translation>%1 hören</translation>
    </message>
    <message>
        <source>watch %1</source>
        <translation>%1 ansehen</translation>
    </message>
    <message>
        <source>use %1</source>
        <translation>%1 benutzen</translation>
    </message>
    <message>
        <source>set %1</source>
        <translation>%1 einstellen</translation>
    </message>
    <message>
        <source>follow the rule %1</source>
        <translation>der Regel %1 folgen</translation>
    </message>
    <message>
        <source>follow the rules %1</source>
        <translation>den Regeln %1 folgen</translation>
    </message>
    <message>
        <source>let %1 work for it</source>
        <translation>%1 für sich arbeiten lassen</translation>
    </message>
    <message>
        <source>tell your hub what it hears</source>
        <translation>deinem Hub sagen, was es hört</translation>
    </message>
    <message>
        <source>This project is from elsewhere. It would %1.</source>
        <translation>Dieses Projekt ist von anderswo. Es würde %1.</translation>
    </message>
    <message>
        <source>A part of this project is from elsewhere. It would %1.</source>
        <translation>Ein Teil dieses Projekts ist von anderswo. Es würde %1.</translation>
    </message>
    <message>
        <source>One thing that this project would do here is held back.</source>
        <translation>Eine Sache, die dieses Projekt hier tun würde, ist zurückgehalten.</translation>
    </message>
    <message>
        <source>%1 things that this project would do here are held back.</source>
        <translation>%1 Dinge, die dieses Projekt hier tun würde, sind zurückgehalten.</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>Nobody answered, it was %1</source>
        <translation>Niemand antwortete, es war %1</translation>
    </message>
    <message>
        <source>%1 missed %2</source>
        <translation>%1 überhörte %2</translation>
    </message>
    <message>
        <source>%1 said %2 %3, it was %4</source>
        <translation>%1 sagte %2 %3, es war %4</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>%1, missing in %2 %</source>
        <translation>%1, fehlt in %2 %</translation>
    </message>
    <message>
        <source>There is nothing to compare with now yet.</source>
        <translation>Noch gibt es nichts, womit sich Jetzt vergleichen ließe.</translation>
    </message>
    <message>
        <source>I compare once I have listened for five minutes.</source>
        <translation>Ich vergleiche, sobald ich fünf Minuten zugehört habe.</translation>
    </message>
    <message>
        <source>What comes now is like what I learnt from.</source>
        <translation>Was jetzt kommt, ist wie das, woraus ich gelernt habe.</translation>
    </message>
    <message>
        <source>1 of %1 features is now unlike what I learnt from.</source>
        <translation>1 von %1 Merkmalen ist jetzt anders als das, woraus ich gelernt habe.</translation>
    </message>
    <message>
        <source>%1 of %2 features are now unlike what I learnt from.</source>
        <translation>%1 von %2 Merkmalen sind jetzt anders als das, woraus ich gelernt habe.</translation>
    </message>
    <message>
        <source>Unlike what I learnt from: %1 was %2, it is %3.</source>
        <translation>Anders als beim Lernen: %1 war %2, jetzt ist es %3.</translation>
    </message>
    <message>
        <source>nothing learnt yet</source>
        <translation>noch nichts gelernt</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>hört zu</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>not something I know</source>
        <translation>nichts, was ich kenne</translation>
    </message>
    <message>
        <source>nothing happening</source>
        <translation>nichts los</translation>
    </message>
    <message>
        <source>First task</source>
        <translation>Erste Aufgabe</translation>
    </message>
    <message>
        <source>connected, nothing sent yet</source>
        <translation>verbunden, noch nichts gesendet</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>the broker of this project</source>
        <translation>der Broker dieses Projekts</translation>
    </message>
    <message>
        <source>used before</source>
        <translation>früher benutzt</translation>
    </message>
    <message>
        <source>used before as %1</source>
        <translation>früher benutzt als %1</translation>
    </message>
    <message>
        <source>asks for no password</source>
        <translation>verlangt kein Passwort</translation>
    </message>
    <message>
        <source>asks for a user name and a password</source>
        <translation>verlangt Benutzername und Passwort</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>verschlüsselt</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>antwortet</translation>
    </message>
    <message numerus="yes">
        <source>%n values</source>
        <translation>
            <numerusform>%n Wert</numerusform>
            <numerusform>%n Werte</numerusform>
        </translation>
    </message>
    <message>
        <source>picture, %1</source>
        <translation>Bild, %1</translation>
    </message>
    <message>
        <source>no text, %1</source>
        <translation>kein Text, %1</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>old value</source>
        <translation>alter Wert</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>on or off: 1 or 0</source>
        <translation>an oder aus: 1 oder 0</translation>
    </message>
    <message>
        <source>a word, counted from 0: %1; any other is %2</source>
        <translation>ein Wort, von 0 gezählt: %1; jedes andere ist %2</translation>
    </message>
    <message>
        <source>a number, %1 so far</source>
        <translation>eine Zahl, bisher %1</translation>
    </message>
    <message>
        <source>a number, %1 to %2 so far</source>
        <translation>eine Zahl, bisher %1 bis %2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Asks this computer at the ports 1883 and 8883. It is in no home network now.</source>
        <translation>Fragt diesen Rechner an den Ports 1883 und 8883. Er ist jetzt in keinem Heimnetz.</translation>
    </message>
    <message>
        <source>Asks this computer and %1 at the ports 1883 and 8883, and who announces itself. It says hello without a name or a password, and takes about ten seconds.</source>
        <translation>Fragt diesen Rechner und %1 an den Ports 1883 und 8883, und wer sich selbst ankündigt. Es grüßt ohne Namen und Kennwort und dauert etwa zehn Sekunden.</translation>
    </message>
    <message>
        <source>Looking… %1</source>
        <translation>Suche … %1</translation>
    </message>
    <message numerus="yes">
        <source>%n brokers answered.</source>
        <translation>
            <numerusform>%n Broker antwortete.</numerusform>
            <numerusform>%n Broker antworteten.</numerusform>
        </translation>
    </message>
    <message>
        <source>No broker answered at the usual ports. If yours has another port or is in another network, type its address.</source>
        <translation>An den üblichen Ports antwortete kein Broker. Hat deiner einen anderen Port oder ist er in einem anderen Netz, gib seine Adresse ein.</translation>
    </message>
    <message numerus="yes">
        <source>%n topics</source>
        <translation>
            <numerusform>%n Thema</numerusform>
            <numerusform>%n Themen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>%1 Nachrichten</translation>
    </message>
    <message>
        <source>, %1 had no room: narrow it down to a part of the topics</source>
        <translation>, %1 hatten keinen Platz: grenze es auf einen Teil der Themen ein</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Umsehen</translation>
    </message>
    <message>
        <source>The tour goes on at the page Teach (%1).</source>
        <translation>Der Rundgang geht auf der Seite Lehren weiter (%1).</translation>
    </message>
    <message>
        <source> Press something in the row “Act in this house” first, so that there is something to hear.</source>
        <translation> Drücke zuerst etwas in der Zeile „In diesem Haus etwas tun“, damit es etwas zu hören gibt.</translation>
    </message>
    <message>
        <source>Ten quiet seconds</source>
        <translation>Zehn ruhige Sekunden</translation>
    </message>
    <message>
        <source>First I need to know what nothing sounds like. Press Enter and let it be quiet. This line always says what to do next.</source>
        <translation>Zuerst muss ich wissen, wie nichts klingt. Drücke Enter und lass es ruhig sein. Diese Zeile sagt immer, was als Nächstes kommt.</translation>
    </message>
    <message>
        <source>Name something</source>
        <translation>Etwas benennen</translation>
    </message>
    <message>
        <source>Press %1, type a name – Kettle, for example – and press Enter.</source>
        <translation>Drücke %1, tippe einen Namen – zum Beispiel Wasserkocher – und drücke Enter.</translation>
    </message>
    <message>
        <source>Show it three times</source>
        <translation>Zeige es dreimal</translation>
    </message>
    <message>
        <source>Hold the key of its number while it happens. The second before counts as well.</source>
        <translation>Halte die Taste seiner Zahl, während es geschieht. Auch die Sekunde davor zählt.</translation>
    </message>
    <message>
        <source>And something else</source>
        <translation>Und etwas anderes</translation>
    </message>
    <message>
        <source>I need something to compare with: %1 for a second name, then show that three times too. Learning starts by itself.</source>
        <translation>Ich brauche etwas zum Vergleichen: %1 für einen zweiten Namen, dann zeige auch das dreimal. Das Lernen beginnt von selbst.</translation>
    </message>
    <message>
        <source>Wait for the first answer</source>
        <translation>Warte auf die erste Antwort</translation>
    </message>
    <message>
        <source>Here I say what I hear, how sure I am, and how many models agree. It takes a few seconds.</source>
        <translation>Hier sage ich, was ich höre, wie sicher ich bin und wie viele Modelle sich einig sind. Das dauert ein paar Sekunden.</translation>
    </message>
    <message>
        <source>Tell me I am wrong</source>
        <translation>Sag mir, dass ich falsch liege</translation>
    </message>
    <message>
        <source>Press %1, then the number of what it really was, or 0 for nothing. Try it even if I am right: you take it back in a moment.</source>
        <translation>Drücke %1, dann die Zahl dessen, was es wirklich war, oder 0 für nichts. Versuche es auch, wenn ich recht habe: du nimmst es gleich zurück.</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Nimm es zurück</translation>
    </message>
    <message>
        <source>Everything can be undone, learning too. Press %1.</source>
        <translation>Alles lässt sich zurücknehmen, auch Gelerntes. Drücke %1.</translation>
    </message>
    <message>
        <source>That was all</source>
        <translation>Das war alles</translation>
    </message>
    <message>
        <source>You know the loop: show, see, correct. %1 explains every page, %2 finds every command, also this tour.</source>
        <translation>Du kennst den Kreis: zeigen, sehen, berichtigen. %1 erklärt jede Seite, %2 findet jeden Befehl, auch diesen Rundgang.</translation>
    </message>
    <message>
        <source>the broker</source>
        <translation>der Broker</translation>
    </message>
    <message>
        <source>unlike when taught</source>
        <translation>anders als beim Lehren</translation>
    </message>
    <message>
        <source>, GPU</source>
        <translation>, GPU</translation>
    </message>
    <message>
        <source>, in this house</source>
        <translation>, in diesem Haus</translation>
    </message>
    <message>
        <source>, elsewhere</source>
        <translation>, anderswo</translation>
    </message>
    <message>
        <source>what it was</source>
        <translation>was es war</translation>
    </message>
    <message>
        <source>going back to %1</source>
        <translation>geht zurück zu %1</translation>
    </message>
    <message>
        <source>goes back to %1 when the device is there again</source>
        <translation>geht zurück zu %1, wenn das Gerät wieder da ist</translation>
    </message>
    <message>
        <source>back to %1 in %2</source>
        <translation>zurück zu %1 in %2</translation>
    </message>
    <message>
        <source>on trial, the device is away; %1</source>
        <translation>auf Probe, das Gerät ist weg; %1</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>on trial, no answer yet; %1</source>
        <translation>auf Probe, noch keine Antwort; %1</translation>
    </message>
    <message>
        <source>on trial; %1</source>
        <translation>auf Probe; %1</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>nobody fits</source>
        <translation>niemand passt</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>in Kraft</translation>
    </message>
    <message>
        <source>another rule above it counts</source>
        <translation>eine andere Regel darüber gilt</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Kolmogorov–Smirnov distance between the last %1 and %2 rows of examples, whose labels count as often as they were heard; tick: from here on it is listed. Medians, then and now.</source>
        <translation>Kolmogorow-Smirnow-Abstand zwischen den letzten %1 und %2 Zeilen der Beispiele, deren Etiketten so oft zählen, wie sie gehört wurden; Strich: ab hier wird es genannt. Mediane, damals und jetzt.</translation>
    </message>
    <message>
        <source>%1 numbers for each moment.</source>
        <translation>%1 Zahlen für jeden Augenblick.</translation>
    </message>
    <message>
        <source>Usual for this source.</source>
        <translation>Üblich für diese Quelle.</translation>
    </message>
    <message>
        <source>Licence: %1. Hash: %2.</source>
        <translation>Lizenz: %1. Hash: %2.</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Sound, the whole patch</source>
        <translation>Klang, der ganze Ausschnitt</translation>
    </message>
    <message>
        <source>Levels and changes</source>
        <translation>Pegel und Änderungen</translation>
    </message>
    <message>
        <source>Edges of a small picture</source>
        <translation>Kanten eines kleinen Bildes</translation>
    </message>
    <message>
        <source>The numbers themselves</source>
        <translation>Die Zahlen selbst</translation>
    </message>
    <message>
        <source>All of the picture</source>
        <translation>Das ganze Bild</translation>
    </message>
    <message>
        <source>Light and colour</source>
        <translation>Licht und Farbe</translation>
    </message>
    <message>
        <source>Patterns and edges</source>
        <translation>Muster und Kanten</translation>
    </message>
    <message>
        <source>What moves and what is new</source>
        <translation>Was sich bewegt und was neu ist</translation>
    </message>
    <message>
        <source>Network %1</source>
        <translation>Netz %1</translation>
    </message>
    <message>
        <source>the last number goes on</source>
        <translation>die letzte Zahl gilt weiter</translation>
    </message>
    <message>
        <source>a straight line to the next</source>
        <translation>eine gerade Linie zur nächsten</translation>
    </message>
    <message>
        <source>nothing: it is missing</source>
        <translation>nichts: sie fehlt</translation>
    </message>
    <message>
        <source>%1 since %2. I do not learn from it meanwhile.</source>
        <translation>%1 seit %2. Solange lerne ich nicht daraus.</translation>
    </message>
    <message>
        <source>One example is left out, in part or whole, because its numbers looked wrong.</source>
        <translation>Ein Beispiel bleibt ganz oder teilweise weg, weil seine Zahlen falsch aussahen.</translation>
    </message>
    <message>
        <source>%1 examples are left out, in part or whole, because their numbers looked wrong.</source>
        <translation>%1 Beispiele bleiben ganz oder teilweise weg, weil ihre Zahlen falsch aussahen.</translation>
    </message>
    <message>
        <source>all %1 channels</source>
        <translation>alle %1 Kanäle</translation>
    </message>
    <message>
        <source>I learn from it also where its numbers look wrong.</source>
        <translation>Ich lerne auch daraus, wo ihre Zahlen falsch aussehen.</translation>
    </message>
    <message>
        <source>As the rule says</source>
        <translation>Wie die Regel sagt</translation>
    </message>
    <message>
        <source>Nobody answers now.</source>
        <translation>Jetzt antwortet niemand.</translation>
    </message>
    <message>
        <source>As your rule says. Learning: %1. Answering: %2.</source>
        <translation>Wie deine Regel sagt. Lernen: %1. Antworten: %2.</translation>
    </message>
    <message>
        <source>As your rule says: %1</source>
        <translation>Wie deine Regel sagt: %1</translation>
    </message>
    <message>
        <source>As your rule says: %1.</source>
        <translation>Wie deine Regel sagt: %1.</translation>
    </message>
    <message>
        <source>Watch the room while nothing happens</source>
        <translation>Den Raum ansehen, während nichts geschieht</translation>
    </message>
</context>
<context>
    <name>ui::Test</name>
    <message>
        <source>learnt from it</source>
        <translation>lernte daraus</translation>
    </message>
    <message>
        <source>No model learnt from it.</source>
        <translation>Kein Modell lernte daraus.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) learnt from it.</source>
        <translation>
            <numerusform>%n Modell lernte daraus.</numerusform>
            <numerusform>%n Modelle lernten daraus.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::check</name>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>How good is model %1?</source>
        <translation>Wie gut ist Modell %1?</translation>
    </message>
    <message>
        <source>%1 windows of %2 recordings, none of them used for learning</source>
        <translation>%1 Fenster aus %2 Aufnahmen, aus keiner davon wurde gelernt</translation>
    </message>
    <message>
        <source>%1 windows of %2 recordings; too few recordings, so examples were kept back one by one</source>
        <translation>%1 Fenster aus %2 Aufnahmen; zu wenige Aufnahmen, daher wurden Beispiele einzeln zurückgehalten</translation>
    </message>
    <message>
        <source>computed from %1 examples in %2 recordings, not used for training</source>
        <translation>berechnet aus %1 Beispielen in %2 Aufnahmen, aus denen nicht gelernt wurde</translation>
    </message>
    <message>
        <source>%1 answered right</source>
        <translation>%1 richtig beantwortet</translation>
    </message>
    <message>
        <source>%1 not known</source>
        <translation>%1 nicht bekannt</translation>
    </message>
    <message>
        <source>%1 without data</source>
        <translation>%1 ohne Daten</translation>
    </message>
    <message>
        <source>%1 taken for %2</source>
        <translation>%1 für %2 gehalten</translation>
    </message>
    <message>
        <source>Every answer was right</source>
        <translation>Jede Antwort war richtig</translation>
    </message>
    <message>
        <source>%1 is not known %2 times in %3</source>
        <translation>%1 ist %2-mal von %3 nicht bekannt</translation>
    </message>
    <message>
        <source>%1 is taken for %2 %3 times in %4</source>
        <translation>%1 wird %3-mal von %4 für %2 gehalten</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>never said</source>
        <translation>nie gesagt</translation>
    </message>
    <message>
        <source>%1 · n %2</source>
        <translation>%1 · n %2</translation>
    </message>
    <message>
        <source>No label was asked about</source>
        <translation>Nach keinem Etikett wurde gefragt</translation>
    </message>
    <message>
        <source>Every label is recognised</source>
        <translation>Jedes Etikett wird erkannt</translation>
    </message>
    <message>
        <source>%1 is recognised least: %2 of the time</source>
        <translation>%1 wird am seltensten erkannt: zu %2</translation>
    </message>
    <message>
        <source>What it says is so</source>
        <translation>Was es sagt, stimmt</translation>
    </message>
    <message>
        <source>When it says %1, it is so %2 of the time</source>
        <translation>Wenn es %1 sagt, stimmt es zu %2</translation>
    </message>
    <message>
        <source>share right</source>
        <translation>Anteil richtig</translation>
    </message>
    <message>
        <source>nearest neighbours on both splits; </source>
        <translation>nächste Nachbarn in beiden Teilungen; </translation>
    </message>
    <message>
        <source>recordings kept whole</source>
        <translation>Aufnahmen ganz gelassen</translation>
    </message>
    <message>
        <source>windows split at random</source>
        <translation>Fenster zufällig geteilt</translation>
    </message>
    <message>
        <source>without copies</source>
        <translation>ohne Kopien</translation>
    </message>
    <message>
        <source>A random split would claim no more: nothing leaks</source>
        <translation>Eine zufällige Teilung würde nicht mehr behaupten: nichts sickert durch</translation>
    </message>
    <message>
        <source>A random split would claim %1: %2 points of that are leak</source>
        <translation>Eine zufällige Teilung würde %1 behaupten: %2 Punkte davon sind durchgesickert</translation>
    </message>
    <message>
        <source>off by %1 points on average; </source>
        <translation>im Mittel um %1 Punkte daneben; </translation>
    </message>
    <message>
        <source>certainty it claimed</source>
        <translation>behauptete Sicherheit</translation>
    </message>
    <message>
        <source>share that was right</source>
        <translation>Anteil, der richtig war</translation>
    </message>
    <message>
        <source>of answers shown as %1, %2 were right (n %3)</source>
        <translation>von den Antworten, die als %1 gezeigt wurden, waren %2 richtig (n %3)</translation>
    </message>
    <message>
        <source>Of answers shown as %1, %2 were right</source>
        <translation>Von den Antworten, die als %1 gezeigt wurden, waren %2 richtig</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
    <message>
        <source>limit of certainty</source>
        <translation>Grenze der Sicherheit</translation>
    </message>
    <message>
        <source>share of answers</source>
        <translation>Anteil der Antworten</translation>
    </message>
    <message>
        <source>given</source>
        <translation>gegeben</translation>
    </message>
    <message>
        <source>of those, right</source>
        <translation>davon richtig</translation>
    </message>
    <message>
        <source>at %1, %2 of answers are given (n %3)</source>
        <translation>bei %1 werden %2 der Antworten gegeben (n %3)</translation>
    </message>
    <message>
        <source>at %1, %2 of the answers given are right</source>
        <translation>bei %1 sind %2 der gegebenen Antworten richtig</translation>
    </message>
    <message>
        <source>At %1, %2 of answers are given and %3 of those are right</source>
        <translation>Bei %1 werden %2 der Antworten gegeben, und %3 davon sind richtig</translation>
    </message>
    <message>
        <source>nothing known</source>
        <translation>nichts Bekanntes</translation>
    </message>
    <message>
        <source>n %1 windows; rings: taken for another label, dotted: like nothing known; </source>
        <translation>n %1 Fenster; Ringe: für ein anderes Etikett gehalten, gepunktet: wie nichts Bekanntes; </translation>
    </message>
    <message>
        <source>first two principal components, no unit</source>
        <translation>die ersten zwei Hauptkomponenten, ohne Einheit</translation>
    </message>
    <message>
        <source>first two kernel components (cosine), no unit</source>
        <translation>die ersten zwei Kernkomponenten (Kosinus), ohne Einheit</translation>
    </message>
    <message>
        <source>t-SNE: near means alike, far means nothing</source>
        <translation>t-SNE: nah heißt ähnlich, fern heißt nichts</translation>
    </message>
    <message>
        <source>One group nobody has named yet</source>
        <translation>Eine Gruppe, die noch niemand benannt hat</translation>
    </message>
    <message>
        <source>%1 groups nobody has named yet</source>
        <translation>%1 Gruppen, die noch niemand benannt hat</translation>
    </message>
    <message>
        <source>One window is like nothing known</source>
        <translation>Ein Fenster ist wie nichts Bekanntes</translation>
    </message>
    <message>
        <source>%1 windows are like nothing known</source>
        <translation>%1 Fenster sind wie nichts Bekanntes</translation>
    </message>
    <message>
        <source>One window lies with another label</source>
        <translation>Ein Fenster liegt bei einem anderen Etikett</translation>
    </message>
    <message>
        <source>%1 windows lie with another label</source>
        <translation>%1 Fenster liegen bei einem anderen Etikett</translation>
    </message>
    <message>
        <source>Every window lies with its label</source>
        <translation>Jedes Fenster liegt bei seinem Etikett</translation>
    </message>
    <message>
        <source>mean recall of all labels, nearest neighbours, 95 % of trials in the band; </source>
        <translation>mittlere Trefferquote aller Etiketten, nächste Nachbarn, 95 % der Versuche im Band; </translation>
    </message>
    <message>
        <source>%1 labels found least; </source>
        <translation>die %1 am wenigsten erkannten Etiketten; </translation>
    </message>
    <message>
        <source>%1 of each label: recall of %2 is %3</source>
        <translation>%1 von jedem Etikett: Trefferquote von %2 ist %3</translation>
    </message>
    <message>
        <source>examples of each label</source>
        <translation>Beispiele je Etikett</translation>
    </message>
    <message>
        <source>mean recall</source>
        <translation>mittlere Trefferquote</translation>
    </message>
    <message>
        <source>tried</source>
        <translation>versucht</translation>
    </message>
    <message>
        <source>%1 of each label: %2 (%3 to %4)</source>
        <translation>%1 je Etikett: %2 (%3 bis %4)</translation>
    </message>
    <message>
        <source>probably</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 more of each: %2 points (%3 to %4)</source>
        <translation>%1 mehr von jedem: %2 Punkte (%3 bis %4)</translation>
    </message>
    <message>
        <source>%1 more %2 now ≈ %3 points (±%4)</source>
        <translation>%1 mehr von %2 jetzt ≈ %3 Punkte (±%4)</translation>
    </message>
    <message>
        <source>More examples would change little now</source>
        <translation>Mehr Beispiele würden jetzt wenig ändern</translation>
    </message>
    <message>
        <source>%1 of each label: %2 on average</source>
        <translation>%1 je Etikett: im Mittel %2</translation>
    </message>
    <message>
        <source>suspicion</source>
        <translation>Verdacht</translation>
    </message>
    <message>
        <source>judged by held-out answers and by the labels of what looks alike; </source>
        <translation>beurteilt nach zurückgehaltenen Antworten und den Etiketten von Ähnlichem; </translation>
    </message>
    <message>
        <source>rather %1</source>
        <translation>eher %1</translation>
    </message>
    <message>
        <source>No label looks wrong</source>
        <translation>Kein Etikett sieht falsch aus</translation>
    </message>
    <message>
        <source>One example may carry the wrong label</source>
        <translation>Ein Beispiel trägt vielleicht das falsche Etikett</translation>
    </message>
    <message>
        <source>%1 examples may carry the wrong label</source>
        <translation>%1 Beispiele tragen vielleicht das falsche Etikett</translation>
    </message>
    <message>
        <source> · differs in %1</source>
        <translation> · unterscheidet sich in %1</translation>
    </message>
    <message>
        <source>a kind of %1</source>
        <translation>eine Art von %1</translation>
    </message>
    <message>
        <source>recording %1</source>
        <translation>Aufnahme %1</translation>
    </message>
    <message>
        <source>%1 · others %2</source>
        <translation>%1 · andere %2</translation>
    </message>
    <message>
        <source>No person, day or kind is served worse than others</source>
        <translation>Niemand, kein Tag und keine Art wird schlechter bedient als andere</translation>
    </message>
    <message>
        <source>Some %1 is missed</source>
        <translation>Manches %1 wird überhört</translation>
    </message>
    <message>
        <source>%1 is served worse than the others</source>
        <translation>%1 wird schlechter bedient als die anderen</translation>
    </message>
    <message>
        <source>seconds of tested recordings, one after the other</source>
        <translation>Sekunden der getesteten Aufnahmen, eine nach der anderen</translation>
    </message>
    <message>
        <source>%1, right</source>
        <translation>%1, richtig</translation>
    </message>
    <message>
        <source>%1, said %2</source>
        <translation>%1, sagte %2</translation>
    </message>
    <message>
        <source>triangles: answered otherwise; hatched: not known; dotted: no data; </source>
        <translation>Dreiecke: anders beantwortet; schraffiert: nicht bekannt; gepunktet: keine Daten; </translation>
    </message>
    <message>
        <source>What was heard, beside what it was</source>
        <translation>Was gehört wurde, neben dem, was war</translation>
    </message>
    <message>
        <source>Everything was noticed, half of it within %1 s</source>
        <translation>Alles wurde bemerkt, die Hälfte davon binnen %1 s</translation>
    </message>
    <message>
        <source>%1 of %2 examples were never noticed; the others within %3 s (median)</source>
        <translation>%1 von %2 Beispielen wurden nie bemerkt; die anderen binnen %3 s (Median)</translation>
    </message>
    <message>
        <source>milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>median of one window on one thread, this computer; features not included</source>
        <translation>Median eines Fensters auf einem Faden, dieser Computer; ohne Merkmale</translation>
    </message>
    <message>
        <source>bring to scale</source>
        <translation>auf Maß bringen</translation>
    </message>
    <message>
        <source>quick check</source>
        <translation>schnelle Prüfung</translation>
    </message>
    <message>
        <source>certainty and novelty</source>
        <translation>Sicherheit und Neuheit</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 takes %2 of %3 ms</source>
        <translation>%1 braucht %2 von %3 ms</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Kolmogorov–Smirnov distance between the last third of each label's examples and those before, 0 to 1; tick: more is no chance (95 %, all features)</source>
        <translation>Kolmogorow-Smirnow-Abstand zwischen dem letzten Drittel der Beispiele jedes Etiketts und denen davor, 0 bis 1; Strich: mehr ist kein Zufall (95 %, alle Merkmale)</translation>
    </message>
    <message>
        <source>Nothing has changed beyond chance</source>
        <translation>Nichts hat sich mehr geändert als durch Zufall</translation>
    </message>
    <message>
        <source>%1 has changed most since the first examples</source>
        <translation>%1 hat sich seit den ersten Beispielen am meisten geändert</translation>
    </message>
    <message>
        <source>More noise</source>
        <translation>Mehr Geräusch</translation>
    </message>
    <message>
        <source>Further away</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>Another room</source>
        <translation>Ein anderer Raum</translation>
    </message>
    <message>
        <source>Less light</source>
        <translation>Weniger Licht</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>Lost samples</source>
        <translation>Fehlende Werte</translation>
    </message>
    <message>
        <source>Without %1</source>
        <translation>Ohne %1</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>wie es war</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>−%1 dB</source>
        <translation>−%1 dB</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>examples above the noise</source>
        <translation>Beispiele über dem Geräusch</translation>
    </message>
    <message>
        <source>how much quieter it is heard</source>
        <translation>wie viel leiser es gehört wird</translation>
    </message>
    <message>
        <source>how long the room rings on</source>
        <translation>wie lange der Raum nachklingt</translation>
    </message>
    <message>
        <source>light that is left</source>
        <translation>Licht, das bleibt</translation>
    </message>
    <message>
        <source>blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>samples that do not arrive</source>
        <translation>Werte, die nicht ankommen</translation>
    </message>
    <message>
        <source>the sensor</source>
        <translation>der Sensor</translation>
    </message>
    <message>
        <source>%1, %2: %3 (95 % between %4 and %5, n %6)</source>
        <translation>%1, %2: %3 (95 % zwischen %4 und %5, n %6)</translation>
    </message>
    <message>
        <source>%1: %2 falls from %3 to %4</source>
        <translation>%1: %2 fällt von %3 auf %4</translation>
    </message>
    <message>
        <source>%1 would change nothing</source>
        <translation>%1 würde nichts ändern</translation>
    </message>
    <message>
        <source>the same test windows, changed and heard again, n %1; </source>
        <translation>dieselben Testfenster, verändert und noch einmal gehört, n %1; </translation>
    </message>
    <message>
        <source>1 new example</source>
        <translation>1 neues Beispiel</translation>
    </message>
    <message>
        <source>%1 new examples</source>
        <translation>%1 neue Beispiele</translation>
    </message>
    <message>
        <source>%1, of them corrections: %2</source>
        <translation>%1, davon Korrekturen: %2</translation>
    </message>
    <message>
        <source>No model has an honest score yet</source>
        <translation>Noch hat kein Modell eine ehrliche Zahl</translation>
    </message>
    <message>
        <source>One model so far, %1 right</source>
        <translation>Bisher ein Modell, %1 richtig</translation>
    </message>
    <message>
        <source>%1 models</source>
        <translation>%1 Modelle</translation>
    </message>
    <message>
        <source>From %1 right to %2 over %3</source>
        <translation>Von %1 richtig auf %2 über %3</translation>
    </message>
    <message>
        <source>Fell from %1 right to %2 over %3</source>
        <translation>Fiel von %1 richtig auf %2 über %3</translation>
    </message>
    <message>
        <source>%1 right, as %2 ago</source>
        <translation>%1 richtig, wie vor %2</translation>
    </message>
    <message>
        <source>model %1, since %2: %3 right; %4</source>
        <translation>Modell %1, seit %2: %3 richtig; %4</translation>
    </message>
    <message>
        <source>%1 +%2</source>
        <translation>%1 +%2</translation>
    </message>
    <message>
        <source>on examples kept back, when each began to serve; +2: learnt two corrections</source>
        <translation>an Zurückgehaltenem, als jedes zu antworten begann; +2: zwei Korrekturen gelernt</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>95 % intervals; windows of one example count together; </source>
        <translation>95-%-Bereiche; Fenster eines Beispiels zählen zusammen; </translation>
    </message>
    <message>
        <source>1 false alarm in %1 of nothing</source>
        <translation>1 Fehlalarm in %1 Ruhe</translation>
    </message>
    <message>
        <source>%2 false alarms in %1 of nothing</source>
        <translation>%2 Fehlalarme in %1 Ruhe</translation>
    </message>
    <message>
        <source>%1: %2 a day (%3 to %4)</source>
        <translation>%1: %2 am Tag (%3 bis %4)</translation>
    </message>
    <message>
        <source>limit of %1: %2</source>
        <translation>Grenze von %1: %2</translation>
    </message>
    <message>
        <source>all labels</source>
        <translation>allen Etiketten</translation>
    </message>
    <message>
        <source>Limit of %1, %2: %3. ← → move it.</source>
        <translation>Grenze von %1, %2: %3. ← → schieben sie.</translation>
    </message>
    <message>
        <source>model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>Model %1 errs %2 times in %3, model %4 %5 times</source>
        <translation>Modell %1 irrt %2-mal von %3, Modell %4 %5-mal</translation>
    </message>
    <message>
        <source>both asked about the same %1 windows of %2 recordings, from which neither had learnt</source>
        <translation>beide nach denselben %1 Fenstern aus %2 Aufnahmen gefragt, aus denen keines gelernt hatte</translation>
    </message>
    <message>
        <source>ticks: model %1; </source>
        <translation>Striche: Modell %1; </translation>
    </message>
    <message>
        <source>%1 · model %2: %3</source>
        <translation>%1 · Modell %2: %3</translation>
    </message>
    <message>
        <source>%1 is recognised less on %2: %3 of the time, on other days %4</source>
        <translation>%1 wird am %2 schlechter erkannt: in %3 der Zeit, an anderen Tagen %4</translation>
    </message>
    <message>
        <source>%1 was not asked about</source>
        <translation>nach %1 wurde nicht gefragt</translation>
    </message>
    <message>
        <source>%1 was recorded on one day only</source>
        <translation>%1 wurde nur an einem Tag aufgenommen</translation>
    </message>
    <message>
        <source>%1 is recognised alike on all days, as far as chance lets one see</source>
        <translation>%1 wird an allen Tagen gleich gut erkannt, soweit der Zufall es sehen lässt</translation>
    </message>
    <message>
        <source>%1 ago: %2</source>
        <translation>vor %1: %2</translation>
    </message>
    <message>
        <source>%1 given, %2 right</source>
        <translation>%1 gegeben, %2 richtig</translation>
    </message>
    <message>
        <source>%1: %2; instead of %3. Enter keeps it, Esc does not. Limit of %4.</source>
        <translation>%1: %2; statt %3. Enter behält das, Esc nicht. Grenze von %4.</translation>
    </message>
    <message>
        <source>the last %1; the ring is the newest</source>
        <translation>die letzten %1; der Ring ist das Neueste</translation>
    </message>
    <message>
        <source>the answers</source>
        <translation>die Antworten</translation>
    </message>
    <message>
        <source>the map</source>
        <translation>die Karte</translation>
    </message>
    <message>
        <source>the random split</source>
        <translation>die zufällige Teilung</translation>
    </message>
    <message>
        <source>labels that look wrong</source>
        <translation>verdächtige Etiketten</translation>
    </message>
    <message>
        <source>the learning curve</source>
        <translation>die Lernkurve</translation>
    </message>
    <message>
        <source>where time goes</source>
        <translation>wo die Zeit bleibt</translation>
    </message>
    <message>
        <source>what has changed</source>
        <translation>was sich geändert hat</translation>
    </message>
    <message>
        <source>the map by neighbours</source>
        <translation>die Karte nach Nachbarn</translation>
    </message>
    <message>
        <source>other houses</source>
        <translation>andere Häuser</translation>
    </message>
    <message>
        <source>another model's answers</source>
        <translation>das andere Modell</translation>
    </message>
    <message>
        <source>Of what model %1 had learnt too little is left to compare it.</source>
        <translation>Von dem, was Modell %1 gelernt hatte, ist zu wenig übrig, um es zu vergleichen.</translation>
    </message>
    <message>
        <source>The model in service looks at other features than today's examples.</source>
        <translation>Das Modell im Dienst sieht andere Merkmale an als die heutigen Beispiele.</translation>
    </message>
    <message>
        <source>The examples have no times.</source>
        <translation>Die Beispiele haben keine Zeiten.</translation>
    </message>
    <message>
        <source>Too few examples to tell earlier from later ones: ten are enough.</source>
        <translation>Zu wenige Beispiele, um frühere von späteren zu unterscheiden: zehn genügen.</translation>
    </message>
    <message>
        <source>The examples say nothing about when they were recorded.</source>
        <translation>Die Beispiele sagen nichts darüber, wann sie aufgenommen wurden.</translation>
    </message>
    <message>
        <source>No example was kept for testing.</source>
        <translation>Kein Beispiel wurde zum Prüfen zurückgelegt.</translation>
    </message>
    <message>
        <source>no split leaves two labels to learn from</source>
        <translation>Keine Teilung lässt zwei Etiketten zum Lernen übrig.</translation>
    </message>
    <message>
        <source>no label has two examples to grow by</source>
        <translation>Kein Etikett hat zwei Beispiele, um daran zu wachsen.</translation>
    </message>
    <message>
        <source>all rows are equal, so there is nothing to reduce</source>
        <translation>Alle Fenster sind gleich, also gibt es keine Karte.</translation>
    </message>
</context>
<context>
    <name>ui::words</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>fairly sure</source>
        <translation>ziemlich sicher</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>nicht sicher</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>1 example</source>
        <translation>1 Beispiel</translation>
    </message>
    <message>
        <source>%1 examples</source>
        <translation>%1 Beispiele</translation>
    </message>
    <message>
        <source>no data from %1</source>
        <translation>keine Daten von %1</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>hört zu</translation>
    </message>
    <message>
        <source>nothing learnt yet</source>
        <translation>noch nichts gelernt</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>not something I know</source>
        <translation>nichts, was ich kenne</translation>
    </message>
    <message>
        <source>nothing happening</source>
        <translation>nichts los</translation>
    </message>
    <message>
        <source>no answer for %1</source>
        <translation>keine Antwort seit %1</translation>
    </message>
    <message>
        <source>the quick check answered, the models were not asked</source>
        <translation>die schnelle Prüfung hat geantwortet, die Modelle wurden nicht gefragt</translation>
    </message>
    <message>
        <source>models disagree: %1 say %2, average says %3</source>
        <translation>die Modelle sind uneins: %1 sagen %2, im Mittel %3</translation>
    </message>
    <message>
        <source>one model answers</source>
        <translation>ein Modell antwortet</translation>
    </message>
    <message>
        <source>%1 of %2 models agree</source>
        <translation>%1 von %2 Modellen stimmen überein</translation>
    </message>
    <message>
        <source>Not yet tested: record more examples.</source>
        <translation>Noch nicht getestet: nimm mehr Beispiele auf.</translation>
    </message>
    <message>
        <source>Tested on examples kept back: %1 were right.</source>
        <translation>Getestet an Zurückgehaltenem: %1 richtig.</translation>
    </message>
    <message>
        <source>quick model · 1 more is still training</source>
        <translation>schnelles Modell · 1 weiteres wird noch trainiert</translation>
    </message>
    <message>
        <source>quick model · %1 more are still training</source>
        <translation>schnelles Modell · %1 weitere werden noch trainiert</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>Modell %1</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>Training %1</translation>
    </message>
    <message>
        <source>%1 · updating</source>
        <translation>%1 · wird erneuert</translation>
    </message>
    <message>
        <source>%1 · training paused</source>
        <translation>%1 · Training angehalten</translation>
    </message>
    <message>
        <source>Training paused</source>
        <translation>Training angehalten</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>%1 · 1 new example</source>
        <translation>%1 · 1 neues Beispiel</translation>
    </message>
    <message>
        <source>%1 · %2 new examples</source>
        <translation>%1 · %2 neue Beispiele</translation>
    </message>
    <message>
        <source>No sources</source>
        <translation>Keine Quellen</translation>
    </message>
    <message>
        <source>Sources %1 of %2</source>
        <translation>Quellen %1 von %2</translation>
    </message>
    <message>
        <source>%1: connected but silent. The recording goes on with the other %2.</source>
        <translation>%1: verbunden, aber still. Die Aufnahme geht mit den anderen %2 weiter.</translation>
    </message>
    <message>
        <source>%1: connected but silent. Nothing is being recorded just now.</source>
        <translation>%1: verbunden, aber still. Gerade wird nichts aufgenommen.</translation>
    </message>
    <message>
        <source>Noted: %1.</source>
        <translation>Gemerkt: %1.</translation>
    </message>
    <message>
        <source> Learning…</source>
        <translation> Lerne …</translation>
    </message>
    <message>
        <source> Learning… done, kept aside.</source>
        <translation> Lerne … fertig, beiseitegelegt.</translation>
    </message>
    <message>
        <source> Learning… done, %1 s.</source>
        <translation> Lerne … fertig, %1 s.</translation>
    </message>
    <message>
        <source>(%1 of %2)</source>
        <translation>(%1 von %2)</translation>
    </message>
    <message>
        <source> Old examples: no change %1.</source>
        <translation> Alte Beispiele: unverändert %1.</translation>
    </message>
    <message>
        <source> Old examples: %1 more right %2.</source>
        <translation> Alte Beispiele: %1 mehr richtig %2.</translation>
    </message>
    <message>
        <source> Old examples: %1 fewer right %2.</source>
        <translation> Alte Beispiele: %1 weniger richtig %2.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>unusual</source>
        <translation>ungewöhnlich</translation>
    </message>
    <message>
        <source>familiar</source>
        <translation>vertraut</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>I hear and see nothing yet. Devices on %1 appear by themselves.</source>
        <translation>Ich höre und sehe noch nichts. Geräte an %1 erscheinen von selbst.</translation>
    </message>
    <message>
        <source>my private broker</source>
        <translation>meinem privaten Broker</translation>
    </message>
    <message>
        <source>Use this computer's microphone (Enter)</source>
        <translation>Das Mikrofon dieses Computers benutzen (Enter)</translation>
    </message>
    <message>
        <source>First, 10 quiet seconds so that I know what nothing sounds like.</source>
        <translation>Zuerst 10 ruhige Sekunden, damit ich weiß, wie nichts klingt.</translation>
    </message>
    <message>
        <source>Listen 10 s (Enter)</source>
        <translation>10 s hören (Enter)</translation>
    </message>
    <message>
        <source>What shall I recognise? Give it a name.</source>
        <translation>Was soll ich erkennen? Gib ihm einen Namen.</translation>
    </message>
    <message>
        <source>New label (Enter)</source>
        <translation>Neues Etikett (Enter)</translation>
    </message>
    <message>
        <source>I need something to compare with. Add a second label.</source>
        <translation>Ich brauche etwas zum Vergleichen. Füge ein zweites Etikett hinzu.</translation>
    </message>
    <message>
        <source>Do next: hold %1 while %2 happens.</source>
        <translation>Als Nächstes: halte %1, während %2 geschieht.</translation>
    </message>
    <message>
        <source>Record %1 (Enter)</source>
        <translation>%1 aufnehmen (Enter)</translation>
    </message>
    <message>
        <source>One more of %1 and I can start.</source>
        <translation>Noch eines von %1, und ich kann anfangen.</translation>
    </message>
    <message>
        <source>Two more of %1 and I can start.</source>
        <translation>Noch zwei von %1, und ich kann anfangen.</translation>
    </message>
    <message>
        <source>%1 more of %2 and I can start.</source>
        <translation>Noch %1 von %2, und ich kann anfangen.</translation>
    </message>
    <message>
        <source>%1 You have %2 of %3.</source>
        <translation>%1 Du hast %2 von %3.</translation>
    </message>
    <message>
        <source>Do next: record %1 once more.</source>
        <translation>Als Nächstes: nimm %1 noch einmal auf.</translation>
    </message>
    <message>
        <source>Do next: record %1 %2 more times.</source>
        <translation>Als Nächstes: nimm %1 noch %2-mal auf.</translation>
    </message>
    <message>
        <source>I am learning. Do one of them and watch what I say.</source>
        <translation>Ich lerne. Tu eines davon und sieh, was ich sage.</translation>
    </message>
    <message>
        <source>Do one of them and watch what I say. Correct me where I am wrong.</source>
        <translation>Tu eines davon und sieh, was ich sage. Berichtige mich, wo ich falsch liege.</translation>
    </message>
    <message>
        <source>Do next: record %1 %2 more times. I know it least well.</source>
        <translation>Als Nächstes: nimm %1 noch %2-mal auf. Das kenne ich am schlechtesten.</translation>
    </message>
    <message>
        <source>Do next: record %1 once more. I know it least well.</source>
        <translation>Als Nächstes: nimm %1 noch einmal auf. Das kenne ich am schlechtesten.</translation>
    </message>
    <message>
        <source>Use anyway (Enter)</source>
        <translation>Trotzdem benutzen (Enter)</translation>
    </message>
    <message>
        <source>I hear and see nothing yet.</source>
        <translation>Ich höre und sehe noch nichts.</translation>
    </message>
    <message>
        <source>Pictures come. They have no trace here.</source>
        <translation>Bilder kommen. Sie haben hier keine Kurve.</translation>
    </message>
    <message>
        <source>without a label</source>
        <translation>ohne Etikett</translation>
    </message>
    <message>
        <source>First, 10 seconds without anything happening, so that I know what nothing looks like.</source>
        <translation>Zuerst 10 Sekunden, in denen nichts geschieht, damit ich weiß, wie nichts aussieht.</translation>
    </message>
    <message>
        <source>Watch 10 s (Enter)</source>
        <translation>10 s ansehen (Enter)</translation>
    </message>
</context>
<context>
    <name>starters</name>
    <message>
        <source>Activity</source>
        <translation>Tätigkeit</translation>
    </message>
    <message>
        <source>Cooking, walking or sleeping? From five sensors at once.</source>
        <translation>Kochen, gehen oder schlafen? Aus fünf Sensoren zugleich.</translation>
    </message>
    <message>
        <source>Appliances</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Kettle, blender or washing machine? From power and vibration.</source>
        <translation>Kessel, Mixer oder Waschmaschine? Aus Strom und Schwingung.</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Anwesenheit</translation>
    </message>
    <message>
        <source>Is somebody there, awake or asleep? Without a microphone.</source>
        <translation>Ist jemand da, wach oder schlafend? Ohne Mikrofon.</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Geräusche</translation>
    </message>
    <message>
        <source>Kettle, tap or door? From one microphone.</source>
        <translation>Kessel, Hahn oder Tür? Aus einem Mikrofon.</translation>
    </message>
    <message>
        <source>Camera view</source>
        <translation>Kamerabild</translation>
    </message>
    <message>
        <source>Does somebody walk by, or open the door? From what moves in the picture.</source>
        <translation>Geht jemand vorbei, öffnet jemand die Tür? Aus dem, was sich im Bild bewegt.</translation>
    </message>
</context>
<context>
    <name>PlacesChart</name>
    <message>
        <source>Arrow keys go through the stretches; Enter says why the work was done there; + and − change the time shown.</source>
        <translation>Pfeiltasten gehen durch die Abschnitte; Enter sagt, warum die Arbeit dort getan wurde; + und − ändern die gezeigte Zeit.</translation>
    </message>
    <message>
        <source>in words</source>
        <translation>in Worten</translation>
    </message>
</context>
<context>
    <name>PlacesCard</name>
    <message>
        <source>Which computer did what</source>
        <translation>Welcher Computer was getan hat</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>Gezeigte Zeit</translation>
    </message>
    <message>
        <source>How much of the past is shown; + and − in the chart change it</source>
        <translation>Wie viel Vergangenheit gezeigt wird; + und − im Diagramm ändern es</translation>
    </message>
    <message>
        <source>Why there</source>
        <translation>Warum dort</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>why</source>
        <translation>warum</translation>
    </message>
    <message>
        <source>How the rule ranked the computers then</source>
        <translation>Wie die Regel die Computer damals reihte</translation>
    </message>
    <message>
        <source>Nothing has been learnt yet. From the first model on you see here which computer learns and which answers.</source>
        <translation>Noch ist nichts gelernt. Vom ersten Modell an siehst du hier, welcher Computer lernt und welcher antwortet.</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>diesen Computer</translation>
    </message>
    <message>
        <source>least busy</source>
        <translation>am wenigsten beschäftigt</translation>
    </message>
    <message>
        <source>answers fastest</source>
        <translation>antwortet am schnellsten</translation>
    </message>
    <message>
        <source>most cores</source>
        <translation>die meisten Kerne</translation>
    </message>
    <message>
        <source>fewest cores</source>
        <translation>die wenigsten Kerne</translation>
    </message>
    <message>
        <source>most memory</source>
        <translation>der meiste Speicher</translation>
    </message>
    <message>
        <source>least memory</source>
        <translation>der wenigste Speicher</translation>
    </message>
    <message>
        <source>your choice</source>
        <translation>deine Wahl</translation>
    </message>
    <message>
        <source>the chosen one did not take the model</source>
        <translation>der gewählte nahm das Modell nicht</translation>
    </message>
    <message>
        <source>none fits the rule, the best there is</source>
        <translation>keiner passt zur Regel, der beste, den es gibt</translation>
    </message>
    <message>
        <source>as the rule says</source>
        <translation>wie die Regel sagt</translation>
    </message>
    <message>
        <source>no rule says otherwise</source>
        <translation>keine Regel sagt etwas anderes</translation>
    </message>
    <message>
        <source>%1 until now, %2</source>
        <translation>%1 bis jetzt, %2</translation>
    </message>
    <message>
        <source>%1 to %2, %3</source>
        <translation>%1 bis %2, %3</translation>
    </message>
    <message>
        <source>Nobody answered for %1</source>
        <translation>Niemand antwortete für %1</translation>
    </message>
    <message>
        <source>%1 answered for %2</source>
        <translation>%1 antwortete für %2</translation>
    </message>
    <message>
        <source>%1 learnt %2</source>
        <translation>%1 lernte %2</translation>
    </message>
    <message>
        <source>%1 stopped at %2: no computer fits the rule</source>
        <translation>%1 hörte um %2 auf: kein Computer passt zur Regel</translation>
    </message>
    <message>
        <source>%1 moved to %2 at %3: %4</source>
        <translation>%1 zog um %3 um auf %2: %4</translation>
    </message>
    <message>
        <source>Nothing was learnt or answered in that time</source>
        <translation>In dieser Zeit wurde nichts gelernt oder beantwortet</translation>
    </message>
    <message>
        <source>%1 learnt, nobody answered yet</source>
        <translation>%1 lernte, noch antwortete niemand</translation>
    </message>
    <message>
        <source>%1 computers answered, nothing moved</source>
        <translation>%1 Computer antworteten, nichts zog um</translation>
    </message>
    <message>
        <source>Nobody answered for %1: no computer fits the rule</source>
        <translation>Niemand antwortete für %1: kein Computer passt zur Regel</translation>
    </message>
    <message>
        <source>%1 answered, with breaks</source>
        <translation>%1 antwortete, mit Unterbrechungen</translation>
    </message>
    <message>
        <source>%1 answered all the time</source>
        <translation>%1 antwortete die ganze Zeit</translation>
    </message>
    <message>
        <source>%1 has answered since %2</source>
        <translation>%1 antwortet seit %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>last 10 minutes</source>
        <translation>letzte 10 Minuten</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>letzte Stunde</translation>
    </message>
    <message>
        <source>last day</source>
        <translation>letzter Tag</translation>
    </message>
    <message>
        <source>last week</source>
        <translation>letzte Woche</translation>
    </message>
    <message>
        <source>time of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>computer</source>
        <translation>Computer</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>did</source>
        <translation>tat</translation>
    </message>
    <message>
        <source>because</source>
        <translation>weil</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>antwortete</translation>
    </message>
    <message>
        <source>learnt</source>
        <translation>lernte</translation>
    </message>
    <message>
        <source>%1: answered in %2 stretches (wide), learnt in %3 (thin, hatched)</source>
        <translation>%1: in %2 Abschnitten geantwortet (breit), in %3 gelernt (schmal, schraffiert)</translation>
    </message>
    <message>
        <source>You chose it; your choice wins over any rule.</source>
        <translation>Du hast ihn gewählt; deine Wahl geht vor jeder Regel.</translation>
    </message>
    <message>
        <source>It stood in: %1</source>
        <translation>Er sprang ein: %1</translation>
    </message>
    <message>
        <source>The rule in force decided.</source>
        <translation>Die geltende Regel entschied.</translation>
    </message>
    <message>
        <source>The rule in force found none: %1</source>
        <translation>Die geltende Regel fand keinen: %1</translation>
    </message>
    <message>
        <source>The rule in force decided: %1.</source>
        <translation>Die geltende Regel entschied: %1.</translation>
    </message>
    <message>
        <source>No rule was in force and nobody chose, so the work stayed here.</source>
        <translation>Keine Regel galt und niemand wählte, also blieb die Arbeit hier.</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ca_ES" sourcelanguage="en">
<context>
    <name>AccentBar</name>
    <message>
        <source>Letters with accents</source>
        <translation>Lletres amb accent</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>Escriu %1</translation>
    </message>
</context>
<context>
    <name>AccountButton</name>
    <message>
        <source>Account of %1</source>
        <translation>Compte de %1</translation>
    </message>
    <message>
        <source>Account: nobody is signed in</source>
        <translation>Compte: no hi ha ningú identificat</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Convidat</translation>
    </message>
    <message>
        <source>Everything stays on this computer</source>
        <translation>Tot es queda en este ordinador</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configuració</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Dreceres de teclat</translation>
    </message>
    <message>
        <source>Sign in to an academy</source>
        <translation>Entra en una acadèmia</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Ix</translation>
    </message>
    <message>
        <source>Back to the welcome page</source>
        <translation>Torna a la pàgina de benvinguda</translation>
    </message>
</context>
<context>
    <name>AccountController</name>
    <message>
        <source>This is not an address. It looks like https://academy.example.</source>
        <translation>Açò no és una adreça. Té esta forma: https://academy.example.</translation>
    </message>
    <message>
        <source>Enter the academy&apos;s public key; it stands beside its address.</source>
        <translation>Escriu la clau pública de l’acadèmia; la trobaràs al costat de l’adreça.</translation>
    </message>
    <message>
        <source>Enter your e-mail address.</source>
        <translation>Escriu la teua adreça electrònica.</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>Escriu la contrasenya.</translation>
    </message>
    <message>
        <source>The academy cannot be reached. Check the address and your network, then try again.</source>
        <translation>No es pot arribar a l’acadèmia. Comprova l’adreça i la xarxa i torna-ho a provar.</translation>
    </message>
    <message>
        <source>Enter the six digits.</source>
        <translation>Escriu els sis dígits.</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Ja has entrat</translation>
    </message>
    <message>
        <source>You can close this page and go back to Neolingus.</source>
        <translation>Pots tancar esta pàgina i tornar a Neolingus.</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>No ha funcionat</translation>
    </message>
    <message>
        <source>Go back to Neolingus; it says what happened.</source>
        <translation>Torna a Neolingus; hi posa què ha passat.</translation>
    </message>
    <message>
        <source>the browser</source>
        <translation>el navegador</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Copied</source>
        <translation>S’ha copiat</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Vés a</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>Fes</translation>
    </message>
    <message>
        <source>Review what is due</source>
        <translation>Repassa el que toca</translation>
    </message>
    <message>
        <source>Ask the tutor something new</source>
        <translation>Pregunta una cosa nova al tutor</translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation>Comprova la connexió</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspecte</translation>
    </message>
    <message>
        <source>Light appearance</source>
        <translation>Aspecte clar</translation>
    </message>
    <message>
        <source>Dark appearance</source>
        <translation>Aspecte fosc</translation>
    </message>
    <message>
        <source>Normal contrast</source>
        <translation>Contrast normal</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contrast alt</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Text més gran</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Text més xicotet</translation>
    </message>
    <message>
        <source>Show the names in the side bar</source>
        <translation>Mostra els noms en la barra lateral</translation>
    </message>
    <message>
        <source>Hide the names in the side bar</source>
        <translation>Amaga els noms en la barra lateral</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Ix</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entra</translation>
    </message>
</context>
<context>
    <name>AppContext</name>
    <message>
        <source>Your settings could not be read and start afresh.</source>
        <translation>No s’ha pogut llegir la configuració i torna a començar de zero.</translation>
    </message>
    <message>
        <source>The disk is full. Your answers still fit on a reserve; free some space now.</source>
        <translation>El disc està ple. Les respostes encara caben en una reserva; allibera espai ara.</translation>
    </message>
    <message numerus="yes">
        <source>The file with your data was damaged. It is kept at %1. What could be read was carried over; %n change(s) that your academy did not have yet could not be read: please tell your teacher.</source>
        <translation>
            <numerusform>El fitxer amb les teues dades estava danyat. Es conserva en %1. S’ha recuperat el que es podia llegir; no s’ha pogut llegir %n canvi que l’acadèmia encara no tenia: avisa el professorat.</numerusform>
            <numerusform>El fitxer amb les teues dades estava danyat. Es conserva en %1. S’ha recuperat el que es podia llegir; no s’han pogut llegir %n canvis que l’acadèmia encara no tenia: avisa el professorat.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file with your data was damaged. It is kept at %1; what could be read was carried over.</source>
        <translation>El fitxer amb les teues dades estava danyat. Es conserva en %1; s’ha recuperat el que es podia llegir.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The unit is on your shelf now.</source>
        <translation>La unitat ja és en la teua prestatgeria.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) you studied before signing in are yours here too.</source>
        <translation>
            <numerusform>%n cosa que vas estudiar abans d’entrar és teua també ací.</numerusform>
            <numerusform>%n coses que vas estudiar abans d’entrar són teues també ací.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your academy did not accept something you did. It is kept on this computer. %1</source>
        <translation>La teua acadèmia no ha acceptat una cosa que vas fer. Queda guardada en este ordinador. %1</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Veure</translation>
    </message>
</context>
<context>
    <name>AppDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel·la</translation>
    </message>
</context>
<context>
    <name>BandsForm</name>
    <message>
        <source>Words on %1</source>
        <translation>Paraules sobre %1</translation>
    </message>
    <message>
        <source>What you saw, in a few words</source>
        <translation>El que has vist, en poques paraules</translation>
    </message>
    <message>
        <source>Keep the mark</source>
        <translation>Guardar la nota</translation>
    </message>
    <message>
        <source>A note for the teachers of this class</source>
        <translation>Una nota per al professorat d’esta classe</translation>
    </message>
    <message>
        <source>A comment for the student</source>
        <translation>Un comentari per a l’estudiant</translation>
    </message>
    <message>
        <source>When the results are out, the student reads it together with the bands and your words on them.</source>
        <translation>Quan es publiquen els resultats, l’estudiant el llegirà junt amb les bandes i les teues paraules sobre elles.</translation>
    </message>
    <message>
        <source>The student never sees it.</source>
        <translation>L’estudiant no la veu mai.</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>Descartar els canvis</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Hide the details</source>
        <translation>Amaga els detalls</translation>
    </message>
    <message>
        <source>Show the details</source>
        <translation>Mostra els detalls</translation>
    </message>
</context>
<context>
    <name>BranchSwitch</name>
    <message>
        <source>The one before</source>
        <translation>L&apos;anterior</translation>
    </message>
    <message>
        <source>The one after</source>
        <translation>El següent</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Messages</source>
        <translation>Missatges</translation>
    </message>
    <message>
        <source>To the newest words</source>
        <translation>Al més nou</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Al final</translation>
    </message>
</context>
<context>
    <name>CommandDialog</name>
    <message>
        <source>Message</source>
        <translation>Missatge</translation>
    </message>
    <message>
        <source>What the students should read</source>
        <translation>El que ha de llegir l’alumnat</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuts</translation>
    </message>
    <message>
        <source>Looking whom this reaches …</source>
        <translation>S’està mirant a qui arriba…</translation>
    </message>
    <message>
        <source>Not for: %1</source>
        <translation>No per a: %1</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motiu</translation>
    </message>
    <message>
        <source>Kept with your name in the record of this sitting.</source>
        <translation>Es guarda amb el teu nom en el registre d’esta convocatòria.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Your message</source>
        <translation>El teu missatge</translation>
    </message>
    <message>
        <source>Write to your tutor</source>
        <translation>Escriu al tutor</translation>
    </message>
    <message>
        <source>Stop the reply</source>
        <translation>Para la resposta</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envia</translation>
    </message>
</context>
<context>
    <name>ConnectionStatus</name>
    <message>
        <source>On this computer</source>
        <translation>En este ordinador</translation>
    </message>
    <message>
        <source>Nobody is signed in: everything stays on this computer.</source>
        <translation>No hi ha ningú identificat: tot es queda en este ordinador.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>S’està connectant</translation>
    </message>
    <message>
        <source>Looking for the academy.</source>
        <translation>S’està buscant l’acadèmia.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En directe</translation>
    </message>
    <message>
        <source>Connected. The academy has everything you did.</source>
        <translation>Connectat. L’acadèmia té tot el que has fet.</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>Posant-se al dia</translation>
    </message>
    <message>
        <source>What changed at the academy is still being read.</source>
        <translation>Encara es llig el que ha canviat en l’acadèmia.</translation>
    </message>
    <message numerus="yes">
        <source>Catching up (%n)</source>
        <translation>
            <numerusform>Posant al dia (%n)</numerusform>
            <numerusform>Posant al dia (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of this computer on the way to the academy.</source>
        <translation>
            <numerusform>%n canvi d’este ordinador de camí a l’acadèmia.</numerusform>
            <numerusform>%n canvis d’este ordinador de camí a l’acadèmia.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline (%n kept)</source>
        <translation>
            <numerusform>Sense connexió (%n guardat)</numerusform>
            <numerusform>Sense connexió (%n guardats)</numerusform>
        </translation>
    </message>
    <message>
        <source>No connection. Go on: everything is kept here and sent later.</source>
        <translation>Sense connexió. Continua: tot es guarda ací i s’envia després.</translation>
    </message>
    <message>
        <source>Another certificate</source>
        <translation>Un altre certificat</translation>
    </message>
    <message>
        <source>The academy shows another certificate than the one you trusted. Nothing is sent, everything is kept here. Ask your teacher, then sign in again to compare the six words.</source>
        <translation>L’acadèmia mostra un certificat diferent del que vas acceptar. No s’envia res; tot es guarda ací. Pregunta al teu professor i torna a iniciar sessió per a comparar les sis paraules.</translation>
    </message>
    <message>
        <source>Needs sign-in</source>
        <translation>Cal entrar</translation>
    </message>
    <message numerus="yes">
        <source>Sign in again to send %n kept change(s).</source>
        <translation>
            <numerusform>Torna a entrar per a enviar %n canvi guardat.</numerusform>
            <numerusform>Torna a entrar per a enviar %n canvis guardats.</numerusform>
        </translation>
    </message>
    <message>
        <source>The academy asks you to sign in again.</source>
        <translation>L’acadèmia et demana que tornes a entrar.</translation>
    </message>
</context>
<context>
    <name>CorrectionCard</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>It comes back in your reviews.</source>
        <translation>Torna a eixir en els teus repassos.</translation>
    </message>
    <message>
        <source>Not among your cards.</source>
        <translation>No està entre les teues targetes.</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Llevar-la</translation>
    </message>
    <message>
        <source>Make a card of it</source>
        <translation>Fer-ne una targeta</translation>
    </message>
</context>
<context>
    <name>DemoDialog</name>
    <message>
        <source>The demo academy</source>
        <translation>L’acadèmia de demostració</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tanca</translation>
    </message>
    <message>
        <source>Running at %1</source>
        <translation>En marxa en %1</translation>
    </message>
    <message>
        <source>Looking for it at %1</source>
        <translation>S’està buscant en %1</translation>
    </message>
    <message>
        <source>Not running at %1</source>
        <translation>No està en marxa en %1</translation>
    </message>
    <message>
        <source>Everything in it is invented and stays on this computer. Open the program twice to be teacher and student at the same time.</source>
        <translation>Tot el que hi ha és inventat i es queda en este ordinador. Obri el programa dos vegades per a ser professor i alumne alhora.</translation>
    </message>
    <message>
        <source>Start it in a terminal. This page notices by itself when it is there.</source>
        <translation>Inicia-la en un terminal. Esta pàgina se n’adona tota sola quan ja hi és.</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copia l’orde</translation>
    </message>
    <message>
        <source>Enter as a student</source>
        <translation>Entra com a alumne</translation>
    </message>
    <message>
        <source>Enter as a teacher</source>
        <translation>Entra com a professor</translation>
    </message>
</context>
<context>
    <name>DiagnosticsController</name>
    <message>
        <source>Sign-in</source>
        <translation>Identificació</translation>
    </message>
    <message>
        <source>The academy&apos;s sign-in does not answer. Check the address in the settings and the network.</source>
        <translation>La identificació de l’acadèmia no respon. Comprova l’adreça en la configuració i la xarxa.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Dades</translation>
    </message>
    <message>
        <source>The academy&apos;s data does not answer. What you do is kept here and sent later.</source>
        <translation>Les dades de l’acadèmia no responen. El que fas es guarda ací i s’envia després.</translation>
    </message>
    <message>
        <source>Live updates</source>
        <translation>Canvis en directe</translation>
    </message>
    <message>
        <source>Nothing arrives live. Pages still refresh by asking; a proxy may block web sockets.</source>
        <translation>No arriba res en directe. Les pàgines continuen actualitzant-se en preguntar; potser un servidor intermediari bloqueja la connexió.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Este ordinador</translation>
    </message>
    <message>
        <source>The file with your data is slow or refuses. Check that the disk has space.</source>
        <translation>El fitxer amb les teues dades va lent o no respon. Comprova que hi haja espai en el disc.</translation>
    </message>
    <message>
        <source>It answered with the status %1.</source>
        <translation>Ha respost amb l’estat %1.</translation>
    </message>
    <message>
        <source>It answers, but slowly or not always. If it stays so, check the network.</source>
        <translation>Respon, però a poc a poc o no sempre. Si continua així, comprova la xarxa.</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Bé</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>Not answering</source>
        <translation>No respon</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Everything answers</source>
        <translation>Tot respon</translation>
    </message>
    <message>
        <source>Something is not as it should be</source>
        <translation>Alguna cosa no està com cal</translation>
    </message>
    <message>
        <source>Something does not answer</source>
        <translation>Alguna cosa no respon</translation>
    </message>
    <message numerus="yes">
        <source>Measured at %1 · %2 MB of memory · %n channel(s)</source>
        <translation>
            <numerusform>Mesurat a les %1 · %2 MB de memòria · %n canal</numerusform>
            <numerusform>Mesurat a les %1 · %2 MB de memòria · %n canals</numerusform>
        </translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>S’està mesurant</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Encara sense mesurar</translation>
    </message>
    <message>
        <source>A check asks every part for a real answer and measures how long it takes.</source>
        <translation>La comprovació demana a cada part una resposta de veritat i mesura quant tarda.</translation>
    </message>
    <message>
        <source>A review</source>
        <translation>Un repàs</translation>
    </message>
    <message>
        <source>An exercise</source>
        <translation>Un exercici</translation>
    </message>
    <message>
        <source>A text for your teacher</source>
        <translation>Un text per al teu professor</translation>
    </message>
    <message>
        <source>A report of a reply</source>
        <translation>Un avís sobre una resposta</translation>
    </message>
    <message>
        <source>An answer of an exam</source>
        <translation>Una resposta d’un examen</translation>
    </message>
    <message>
        <source>Part of a talk with the tutor</source>
        <translation>Part d’una conversa amb el tutor</translation>
    </message>
    <message>
        <source>A change</source>
        <translation>Un canvi</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>Your academy did not accept %n thing(s) you did.</source>
        <translation>
            <numerusform>La teua acadèmia no va acceptar %n cosa que vas fer.</numerusform>
            <numerusform>La teua acadèmia no va acceptar %n coses que vas fer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnòstic</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporta</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Comprova ara</translation>
    </message>
    <message>
        <source>The report was written</source>
        <translation>S’ha escrit l’informe</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copia el camí</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Xifres</translation>
    </message>
    <message>
        <source>It is kept on this computer. Talk to your teacher about the reason, then send it again.</source>
        <translation>Està guardat en este ordinador. Parla amb el teu professor sobre el motiu i torna a enviar-ho.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tornar-ho a intentar</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>The e-mail address or the password is not right. Check both and try again.</source>
        <translation>L’adreça electrònica o la contrasenya no són correctes. Comprova-les i torna-ho a provar.</translation>
    </message>
    <message>
        <source>Your address is not confirmed yet. Open the link in the e-mail from your academy, then sign in.</source>
        <translation>La teua adreça encara no està confirmada. Obri l’enllaç del correu de l’acadèmia i després entra.</translation>
    </message>
    <message>
        <source>There is already an account with this address. Sign in instead.</source>
        <translation>Ja hi ha un compte amb esta adreça. Entra amb eixe compte.</translation>
    </message>
    <message>
        <source>The academy asks for a stronger password.</source>
        <translation>L’acadèmia demana una contrasenya més segura.</translation>
    </message>
    <message>
        <source>The academy asks you to sign in again. Everything on this computer is kept.</source>
        <translation>L’acadèmia et demana que tornes a entrar. Tot el que hi ha en este ordinador es conserva.</translation>
    </message>
    <message>
        <source>You are signed out. Sign in to go on.</source>
        <translation>Has eixit. Entra per a continuar.</translation>
    </message>
    <message>
        <source>This is no longer there. Go back and look at the list again.</source>
        <translation>Açò ja no hi és. Torna arrere i mira la llista una altra vegada.</translation>
    </message>
    <message>
        <source>Your account may not do this. Ask your teacher.</source>
        <translation>El teu compte no pot fer açò. Pregunta-ho al professorat.</translation>
    </message>
    <message>
        <source>The sitting is not open yet. It starts when your teacher opens it.</source>
        <translation>La convocatòria encara no està oberta. Comença quan el professorat l’òbriga.</translation>
    </message>
    <message>
        <source>Your exam is open on another computer. Your teacher has been asked to move it here.</source>
        <translation>El teu examen està obert en un altre ordinador. S’ha demanat al professorat que el passe ací.</translation>
    </message>
    <message>
        <source>Your exam goes on at another computer. What you wrote here is kept on this computer.</source>
        <translation>El teu examen continua en un altre ordinador. El que has escrit ací es guarda en este ordinador.</translation>
    </message>
    <message>
        <source>This sitting is closed.</source>
        <translation>Esta convocatòria està tancada.</translation>
    </message>
    <message>
        <source>That was too much at once. Wait a moment and try again.</source>
        <translation>Han sigut massa coses alhora. Espera un moment i torna-ho a provar.</translation>
    </message>
    <message>
        <source>Your data was written by a newer version of Neolingus. Install that version; nothing has been changed.</source>
        <translation>Les teues dades les va escriure una versió més nova de Neolingus. Instal·la-la; no s’ha canviat res.</translation>
    </message>
    <message>
        <source>Another program is using your Neolingus data. Close it and try again.</source>
        <translation>Un altre programa està usant les teues dades de Neolingus. Tanca’l i torna-ho a provar.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space: what is already kept is safe, but nothing new can be kept.</source>
        <translation>El disc està ple. Allibera espai: el que ja està guardat està segur, però no es pot guardar res de nou.</translation>
    </message>
    <message>
        <source>The folder with your Neolingus data cannot be opened. Check its permissions.</source>
        <translation>No es pot obrir la carpeta amb les teues dades de Neolingus. Comprova’n els permisos.</translation>
    </message>
    <message>
        <source>The file with your data was damaged. It was put aside, and what could be read was carried over.</source>
        <translation>El fitxer amb les teues dades estava danyat. S’ha apartat i s’ha recuperat el que es podia llegir.</translation>
    </message>
    <message>
        <source>Your Neolingus data cannot be written. Check the permissions of its folder; nothing new can be kept until then.</source>
        <translation>No es poden escriure les teues dades de Neolingus. Comprova els permisos de la carpeta; fins aleshores no es pot guardar res de nou.</translation>
    </message>
    <message>
        <source>The disk with your Neolingus data does not work as it should. What is already kept is untouched; check the disk.</source>
        <translation>El disc amb les teues dades de Neolingus no funciona com cal. El que ja està guardat continua intacte; revisa el disc.</translation>
    </message>
    <message>
        <source>The folder for your Neolingus data cannot be written. Check its permissions and the free space on the disk, then start Neolingus again.</source>
        <translation>No es pot escriure en la carpeta per a les teues dades de Neolingus. Comprova’n els permisos i l’espai lliure del disc i torna a iniciar Neolingus.</translation>
    </message>
    <message>
        <source>Your academy runs a newer version than this Neolingus. Install the new version; until then everything you do is kept on this computer.</source>
        <translation>La teua acadèmia usa una versió més nova que este Neolingus. Instal·la la versió nova; fins aleshores tot el que fas es guarda en este ordinador.</translation>
    </message>
    <message>
        <source>This exam cannot be shown by your version of Neolingus. Tell your teacher now, and install the newest version.</source>
        <translation>La teua versió de Neolingus no pot mostrar este examen. Avisa ara el professorat i instal·la la versió més nova.</translation>
    </message>
    <message>
        <source>Your data could not be brought to this version. Nothing was changed; please tell your academy.</source>
        <translation>No s’han pogut passar les teues dades a esta versió. No s’ha canviat res; avisa l’acadèmia.</translation>
    </message>
    <message>
        <source>Your settings could not be written. They are forgotten when you close Neolingus.</source>
        <translation>No s’ha pogut escriure la configuració. S’oblidarà quan tanques Neolingus.</translation>
    </message>
    <message>
        <source>The file with the unit cannot be read. Check that it is still there and that you may open it.</source>
        <translation>No es pot llegir el fitxer amb la unitat. Comprova que encara hi és i que el pots obrir.</translation>
    </message>
    <message>
        <source>This file is too large for a unit. Nothing was added.</source>
        <translation>Este fitxer és massa gran per a una unitat. No s’ha afegit res.</translation>
    </message>
    <message>
        <source>The same or a newer version of this unit is already installed.</source>
        <translation>Ja està instal·lada la mateixa versió d’esta unitat o una de més nova.</translation>
    </message>
    <message>
        <source>The tutor needs a key. Add one in the settings, or use the notes tutor, which needs none.</source>
        <translation>El tutor necessita una clau. Afig-ne una en la configuració o usa el tutor d’apunts, que no en necessita.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider refused the key. Check it in the settings.</source>
        <translation>El proveïdor del tutor ha rebutjat la clau. Comprova-la en la configuració.</translation>
    </message>
    <message>
        <source>Your key may not use this model. Choose another one in the settings.</source>
        <translation>La teua clau no pot usar este model. Tria’n un altre en la configuració.</translation>
    </message>
    <message>
        <source>No model is chosen. Choose one in the settings.</source>
        <translation>No hi ha cap model triat. Tria’n un en la configuració.</translation>
    </message>
    <message>
        <source>The provider does not know this model. Choose another one in the settings.</source>
        <translation>El proveïdor no coneix este model. Tria’n un altre en la configuració.</translation>
    </message>
    <message>
        <source>The credit of your key is used up.</source>
        <translation>El crèdit de la teua clau s’ha acabat.</translation>
    </message>
    <message>
        <source>The tutor has too much to do. Wait a moment and try again.</source>
        <translation>El tutor té massa faena. Espera un moment i torna-ho a provar.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider is overloaded. Try again in a moment.</source>
        <translation>El proveïdor del tutor està saturat. Torna-ho a provar d’ací a un moment.</translation>
    </message>
    <message>
        <source>This conversation has become too long for the model. Start a new one.</source>
        <translation>Esta conversa s’ha fet massa llarga per al model. Comença’n una de nova.</translation>
    </message>
    <message>
        <source>Your message is too long. Shorten it a little.</source>
        <translation>El missatge és massa llarg. Acurta’l un poc.</translation>
    </message>
    <message>
        <source>The address answers, but not like a tutor. Check it in the settings.</source>
        <translation>L’adreça respon, però no com un tutor. Comprova-la en la configuració.</translation>
    </message>
    <message>
        <source>The tutor is still answering. Wait for the end or stop it.</source>
        <translation>El tutor encara està responent. Espera que acabe o para’l.</translation>
    </message>
    <message>
        <source>The tutor did not begin to answer in time. Try again.</source>
        <translation>El tutor no ha començat a respondre a temps. Torna-ho a provar.</translation>
    </message>
    <message>
        <source>The tutor fell silent in the middle. What it said is kept.</source>
        <translation>El tutor s’ha quedat callat a la mitat. El que ha dit es guarda.</translation>
    </message>
    <message>
        <source>The tutor is off while you sit an exam. It is back when you have handed in.</source>
        <translation>El tutor està apagat mentre fas un examen. Torna quan l&apos;hages entregat.</translation>
    </message>
    <message>
        <source>You have used what your academy gives you of the tutor today. Tomorrow there is more; the notes tutor answers at any time.</source>
        <translation>Hui has gastat el que la teua acadèmia et dona de tutor. Demà n&apos;hi ha més; el tutor d&apos;apunts respon sempre.</translation>
    </message>
    <message>
        <source>Your academy has used up its tutor for today. Tomorrow there is more; the notes tutor answers at any time.</source>
        <translation>La teua acadèmia ha esgotat el seu tutor per hui. Demà n&apos;hi ha més; el tutor d&apos;apunts respon sempre.</translation>
    </message>
    <message>
        <source>This question was put before and its answer was lost. Ask it again.</source>
        <translation>Esta pregunta ja s&apos;havia fet i la resposta es va perdre. Fes-la una altra vegada.</translation>
    </message>
    <message>
        <source>Your academy has no tutor of its own. Choose another one in the settings.</source>
        <translation>La teua acadèmia no té tutor propi. Tria&apos;n un altre en la configuració.</translation>
    </message>
    <message>
        <source>Your academy&apos;s tutor is not set up right. Tell your teacher; the notes tutor answers meanwhile.</source>
        <translation>El tutor de la teua acadèmia no està ben configurat. Digues-ho al teu professor; mentrestant respon el tutor d&apos;apunts.</translation>
    </message>
    <message>
        <source>This conversation is no longer there. Start a new one.</source>
        <translation>Esta conversa ja no hi és. Comença&apos;n una altra.</translation>
    </message>
    <message>
        <source>This message is no longer there. Open the conversation again.</source>
        <translation>Este missatge ja no hi és. Obri la conversa una altra vegada.</translation>
    </message>
    <message>
        <source>There is nothing there yet. Write something first.</source>
        <translation>Encara no hi ha res. Escriu alguna cosa primer.</translation>
    </message>
    <message>
        <source>Your daily limit is used up. Raise it in the settings, or use the notes tutor.</source>
        <translation>El teu límit diari està esgotat. Puja&apos;l en la configuració o usa el tutor d&apos;apunts.</translation>
    </message>
    <message>
        <source>This tutor failed several times in a row and is left in peace for a while. Try again in a minute, or choose another one.</source>
        <translation>Este tutor ha fallat diverses vegades seguides i se&apos;l deixa descansar una estona. Prova d&apos;ací a un minut o tria&apos;n un altre.</translation>
    </message>
    <message>
        <source>The tutor&apos;s address cannot be reached. Check the network and the settings.</source>
        <translation>No s&apos;arriba a l&apos;adreça del tutor. Comprova la xarxa i la configuració.</translation>
    </message>
    <message>
        <source>The answer took too long and was ended. What was said is kept.</source>
        <translation>La resposta tardava massa i s&apos;ha tallat. El que s&apos;ha dit es conserva.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider did not accept the request. Choose another model in the settings.</source>
        <translation>El proveïdor del tutor no ha acceptat la petició. Tria un altre model en la configuració.</translation>
    </message>
    <message>
        <source>This is too much at once for the tutor. Start a new conversation or shorten your message.</source>
        <translation>És massa d&apos;una vegada per al tutor. Comença una altra conversa o acurta el missatge.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider has a problem of its own. Try again in a moment.</source>
        <translation>El proveïdor del tutor té un problema propi. Torna-ho a provar d&apos;ací a un moment.</translation>
    </message>
    <message>
        <source>The tutor did not want to answer this. Ask in other words, or about something else of your lesson.</source>
        <translation>El tutor no ha volgut respondre a açò. Pregunta-ho amb altres paraules o pregunta una altra cosa de la teua lliçó.</translation>
    </message>
    <message>
        <source>The provider&apos;s safety filter held the answer back. Ask in other words, or about something else of your lesson.</source>
        <translation>El filtre de seguretat del proveïdor ha retingut la resposta. Pregunta-ho amb altres paraules o pregunta una altra cosa de la teua lliçó.</translation>
    </message>
    <message>
        <source>The tutor answered with nothing. Try again.</source>
        <translation>El tutor no ha dit res. Torna-ho a provar.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete. What was said is kept.</source>
        <translation>La connexió s&apos;ha tallat abans d&apos;acabar la resposta. El que s&apos;ha dit es conserva.</translation>
    </message>
    <message>
        <source>This answer is complete. Ask another question instead.</source>
        <translation>Esta resposta està completa. Fes una altra pregunta.</translation>
    </message>
    <message>
        <source>Your academy&apos;s list of models cannot be used, so the one of this program holds. Tell your academy.</source>
        <translation>La llista de models de la teua acadèmia no es pot usar; val la d&apos;este programa. Digues-ho a la teua acadèmia.</translation>
    </message>
    <message>
        <source>Your academy&apos;s list of models is for a newer Neolingus, so the one of this program holds. Install the new version.</source>
        <translation>La llista de models de la teua acadèmia és per a un Neolingus més nou; val la d&apos;este programa. Instal·la la versió nova.</translation>
    </message>
    <message>
        <source>This file is not a unit that Neolingus can use: it is damaged or made for something else. Nothing was added; get a fresh copy.</source>
        <translation>Este fitxer no és una unitat que Neolingus puga usar: està danyat o es va fer per a una altra cosa. No s’ha afegit res; aconseguix-ne una altra còpia.</translation>
    </message>
    <message>
        <source>The other side cannot be reached. Check the network and the address; what you do is kept on this computer.</source>
        <translation>No es pot arribar a l’altre costat. Comprova la xarxa i l’adreça; el que fas es guarda en este ordinador.</translation>
    </message>
    <message>
        <source>There was no answer in time. Try again in a moment.</source>
        <translation>No hi ha hagut resposta a temps. Torna-ho a provar d’ací a un moment.</translation>
    </message>
    <message>
        <source>You need to sign in again. Everything on this computer is kept.</source>
        <translation>Has de tornar a entrar. Tot el que hi ha en este ordinador es conserva.</translation>
    </message>
    <message>
        <source>Your account may not do this.</source>
        <translation>El teu compte no pot fer açò.</translation>
    </message>
    <message>
        <source>This was not found.</source>
        <translation>No s’ha trobat.</translation>
    </message>
    <message>
        <source>Somebody changed this in the meantime. Look again and repeat it.</source>
        <translation>Algú ho ha canviat mentrestant. Torna a mirar i repetix-ho.</translation>
    </message>
    <message>
        <source>This was not accepted. Check what you entered.</source>
        <translation>No s’ha acceptat. Comprova el que has escrit.</translation>
    </message>
    <message>
        <source>The academy has a problem of its own. Try again in a moment.</source>
        <translation>L’acadèmia té un problema. Torna-ho a provar d’ací a un moment.</translation>
    </message>
    <message>
        <source>The answer could not be understood. Check that the address belongs to an academy.</source>
        <translation>No s’ha entés la resposta. Comprova que l’adreça siga d’una acadèmia.</translation>
    </message>
    <message>
        <source>Something could not be kept on this computer. Check the disk.</source>
        <translation>Alguna cosa no s’ha pogut guardar en este ordinador. Comprova el disc.</translation>
    </message>
    <message>
        <source>This was stopped.</source>
        <translation>S’ha parat.</translation>
    </message>
    <message>
        <source>This code is not right or too old. Check it, or have another one sent.</source>
        <translation>Este codi no és correcte o és massa antic. Comprova’l o fes que te n’envien un altre.</translation>
    </message>
    <message>
        <source>There is no account with this address. Check it, or make an account.</source>
        <translation>No hi ha cap compte amb esta adreça. Comprova-la o crea un compte.</translation>
    </message>
    <message>
        <source>This academy cannot send e-mail. Sign in with your password.</source>
        <translation>Esta acadèmia no pot enviar correus. Entra amb la contrasenya.</translation>
    </message>
    <message>
        <source>This code is not right. Enter the one your authenticator app shows now.</source>
        <translation>Este codi no és correcte. Escriu el que mostra ara l’aplicació d’autenticació.</translation>
    </message>
    <message>
        <source>That took too long. Enter the code your authenticator app shows now.</source>
        <translation>Ha tardat massa. Escriu el codi que mostra ara l’aplicació d’autenticació.</translation>
    </message>
    <message>
        <source>Sign in again with the code of your authenticator app, then repeat it.</source>
        <translation>Torna a entrar amb el codi de l’aplicació d’autenticació i després repetix-ho.</translation>
    </message>
    <message>
        <source>No browser could be opened. Sign in with your password or a code.</source>
        <translation>No s’ha pogut obrir cap navegador. Entra amb la contrasenya o amb un codi.</translation>
    </message>
    <message>
        <source>The browser did not come back in time. Try again.</source>
        <translation>El navegador no ha tornat a temps. Torna-ho a provar.</translation>
    </message>
    <message>
        <source>The sign-in in the browser was not completed. Try again.</source>
        <translation>No s’ha completat l’entrada en el navegador. Torna-ho a provar.</translation>
    </message>
    <message>
        <source>This academy shows another certificate than the one you trusted, so nothing was sent. Ask your teacher before you go on.</source>
        <translation>Esta acadèmia mostra un certificat diferent del que vas acceptar, així que no s&apos;ha enviat res. Pregunta al teu professor abans de continuar.</translation>
    </message>
    <message>
        <source>This academy is not encrypted any more, so nothing was sent. Check that its address begins with https.</source>
        <translation>Esta acadèmia ja no va xifrada, així que no s&apos;ha enviat res. Comprova que la seua adreça comença per https.</translation>
    </message>
    <message>
        <source>No encrypted connection could be made. Check the address, or ask whoever runs the academy about its certificate.</source>
        <translation>No s&apos;ha pogut establir una connexió xifrada. Comprova l&apos;adreça o pregunta a qui porta l&apos;acadèmia pel seu certificat.</translation>
    </message>
    <message>
        <source>The model on your computer is still being loaded. Wait a moment and try again.</source>
        <translation>El model del teu ordinador encara s&apos;està carregant. Espera un moment i torna-ho a provar.</translation>
    </message>
    <message>
        <source>This academy wants an account. Make one, or sign in.</source>
        <translation>Esta acadèmia demana un compte. Crea&apos;n un o inicia sessió.</translation>
    </message>
    <message>
        <source>A colleague was here before you. This is how it stands now.</source>
        <translation>Algú del professorat s’ha avançat. Així està ara.</translation>
    </message>
</context>
<context>
    <name>EssayInput</name>
    <message>
        <source>Write here</source>
        <translation>Escriu ací</translation>
    </message>
</context>
<context>
    <name>ExamController</name>
    <message>
        <source>Kept here %1 · received by the school %2</source>
        <translation>Guardats ací %1 · rebuts per l’escola %2</translation>
    </message>
    <message>
        <source>The school has everything you wrote.</source>
        <translation>L’escola té tot el que has escrit.</translation>
    </message>
    <message numerus="yes">
        <source>Everything you wrote is safe on this computer; %n changes are still to be sent.</source>
        <translation>
            <numerusform>Tot el que has escrit està segur en este ordinador; encara falta enviar %n canvi.</numerusform>
            <numerusform>Tot el que has escrit està segur en este ordinador; encara falta enviar %n canvis.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%1 de %2 contestades</translation>
    </message>
    <message>
        <source>Question %1 of %2</source>
        <translation>Pregunta %1 de %2</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informació</translation>
    </message>
    <message>
        <source>Handed in on time</source>
        <translation>Entregat a temps</translation>
    </message>
    <message>
        <source>Handed in late</source>
        <translation>Entregat tard</translation>
    </message>
    <message>
        <source>The school received your paper on %1. Keep this code: it proves it.</source>
        <translation>L’escola va rebre el teu examen el %1. Guarda este codi: n’és la prova.</translation>
    </message>
    <message>
        <source>Opening your paper</source>
        <translation>S’està obrint l’examen</translation>
    </message>
    <message>
        <source>This takes a moment. Your time does not run yet.</source>
        <translation>Tardarà un moment. El teu temps encara no corre.</translation>
    </message>
    <message>
        <source>Your teacher has not opened the sitting yet</source>
        <translation>El professorat encara no ha obert la convocatòria</translation>
    </message>
    <message>
        <source>The paper cannot be opened</source>
        <translation>No es pot obrir l’examen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Torna-ho a provar</translation>
    </message>
    <message>
        <source>Your exam is open on another computer</source>
        <translation>El teu examen està obert en un altre ordinador</translation>
    </message>
    <message>
        <source>Your teacher has been asked to move it here. Nothing you wrote is lost.</source>
        <translation>S’ha demanat al professorat que el passe ací. No es perd res del que has escrit.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Torna-ho a demanar</translation>
    </message>
    <message>
        <source>The exam is paused</source>
        <translation>L’examen està en pausa</translation>
    </message>
    <message>
        <source>Your teacher stopped the clock. You get this time back.</source>
        <translation>El professorat ha parat el rellotge. Este temps se’t tornarà.</translation>
    </message>
    <message>
        <source>Your answers are locked</source>
        <translation>Les teues respostes estan bloquejades</translation>
    </message>
    <message>
        <source>Please speak to your teacher. Everything you wrote is kept.</source>
        <translation>Parla amb el professorat. Tot el que has escrit es guarda.</translation>
    </message>
    <message>
        <source>The time is over</source>
        <translation>S’ha acabat el temps</translation>
    </message>
    <message>
        <source>Your teacher collects the papers</source>
        <translation>El professorat arreplega els exàmens</translation>
    </message>
    <message>
        <source>Handed in on this computer</source>
        <translation>Entregat en este ordinador</translation>
    </message>
    <message>
        <source>Your paper is complete and safe here. It goes to the school by itself as soon as there is a network. Leave Neolingus open if you can.</source>
        <translation>El teu examen està complet i segur ací. S’enviarà a l’escola tot sol quan hi haja xarxa. Deixa Neolingus obert si pots.</translation>
    </message>
    <message>
        <source>Your paper is on its way to the school.</source>
        <translation>El teu examen va de camí a l’escola.</translation>
    </message>
    <message>
        <source>Your exam goes on at another computer</source>
        <translation>El teu examen continua en un altre ordinador</translation>
    </message>
    <message>
        <source>Your last words are not on this computer&apos;s disk yet. Leave Neolingus open and call your teacher.</source>
        <translation>Les teues últimes paraules encara no estan en el disc d’este ordinador. Deixa Neolingus obert i avisa el professorat.</translation>
    </message>
    <message>
        <source>What you wrote here is kept on this computer. Bring the exam back here to go on with it.</source>
        <translation>El que has escrit ací es guarda en este ordinador. Torna’l ací per a continuar-lo.</translation>
    </message>
    <message>
        <source>You see what you answered on the other computer</source>
        <translation>Veus el que has respost en l’altre ordinador</translation>
    </message>
    <message>
        <source>Question %1: here you had “%2”.</source>
        <translation>Pregunta %1: ací tenies «%2».</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Verdader</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Fals</translation>
    </message>
    <message>
        <source>Bring it back here</source>
        <translation>Torna’l ací</translation>
    </message>
    <message>
        <source>What you wrote is kept and on its way to the school.</source>
        <translation>El que has escrit està guardat i va de camí a l’escola.</translation>
    </message>
    <message>
        <source>This attempt was ended by the school</source>
        <translation>L’escola ha donat per acabat este intent</translation>
    </message>
    <message>
        <source>Please speak to your teacher. What you wrote is kept.</source>
        <translation>Parla amb el professorat. El que has escrit es guarda.</translation>
    </message>
    <message>
        <source>This computer&apos;s disk does not take your answers</source>
        <translation>El disc d’este ordinador no accepta les teues respostes</translation>
    </message>
    <message>
        <source>Stop typing and call your teacher. What was kept before is safe.</source>
        <translation>Para d’escriure i avisa el professorat. El que s’havia guardat abans està segur.</translation>
    </message>
    <message>
        <source>No connection to the school</source>
        <translation>Sense connexió amb l’escola</translation>
    </message>
    <message>
        <source>Go on writing: everything is kept on this computer and sent by itself later.</source>
        <translation>Continua escrivint: tot es guarda en este ordinador i s’envia tot sol després.</translation>
    </message>
    <message>
        <source>The school asks you to sign in again</source>
        <translation>L’escola et demana que tornes a entrar</translation>
    </message>
    <message>
        <source>Go on writing: everything is kept on this computer. You can sign in after the exam.</source>
        <translation>Continua escrivint: tot es guarda en este ordinador. Pots entrar després de l’examen.</translation>
    </message>
    <message>
        <source>The school did not take some of your changes</source>
        <translation>L’escola no ha acceptat alguns dels teus canvis</translation>
    </message>
    <message>
        <source>They are kept on this computer. Tell your teacher before you hand in.</source>
        <translation>Estan guardats en este ordinador. Avisa el professorat abans d’entregar.</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>contestada</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>vista</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>encara sense vore</translation>
    </message>
    <message>
        <source>%1, flagged</source>
        <translation>%1, marcada</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes left</source>
        <translation>
            <numerusform>Queda %n minut</numerusform>
            <numerusform>Queden %n minuts</numerusform>
        </translation>
    </message>
    <message>
        <source>Another screen is connected</source>
        <translation>Hi ha una altra pantalla connectada</translation>
    </message>
    <message>
        <source>Your teacher sees that. It has no other consequence; unplug it if you do not need it.</source>
        <translation>El teu professor ho veu. No té cap altra conseqüència; desconnecta-la si no la necessites.</translation>
    </message>
</context>
<context>
    <name>ExamPalette</name>
    <message>
        <source>Questions of this paper</source>
        <translation>Preguntes d’este examen</translation>
    </message>
    <message>
        <source>Question %1</source>
        <translation>Pregunta %1</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Contestada</translation>
    </message>
    <message>
        <source>Seen, still open</source>
        <translation>Vista, sense contestar</translation>
    </message>
    <message>
        <source>Not seen yet</source>
        <translation>Encara sense vore</translation>
    </message>
</context>
<context>
    <name>ExamReview</name>
    <message>
        <source>Check before handing in</source>
        <translation>Comprova abans d’entregar</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) still open</source>
        <translation>
            <numerusform>%n pregunta encara sense contestar</numerusform>
            <numerusform>%n preguntes encara sense contestar</numerusform>
        </translation>
    </message>
    <message>
        <source>Every question is answered</source>
        <translation>Totes les preguntes estan contestades</translation>
    </message>
    <message numerus="yes">
        <source>You flagged %n question(s). Choose one to go back to it.</source>
        <translation>
            <numerusform>Has marcat %n pregunta. Tria-la per a tornar-hi.</numerusform>
            <numerusform>Has marcat %n preguntes. Tria’n una per a tornar-hi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a question to go back to it.</source>
        <translation>Tria una pregunta per a tornar-hi.</translation>
    </message>
    <message>
        <source>Question %1</source>
        <translation>Pregunta %1</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>Marcada</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Contestada</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Sense contestar</translation>
    </message>
    <message>
        <source>Back to the paper</source>
        <translation>Torna a l’examen</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Entrega</translation>
    </message>
    <message>
        <source>Hand in now?</source>
        <translation>Vols entregar ara?</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are still open. After handing in you cannot change anything.</source>
        <translation>
            <numerusform>Encara queda %n pregunta sense contestar. Després d’entregar no pots canviar res.</numerusform>
            <numerusform>Encara queden %n preguntes sense contestar. Després d’entregar no pots canviar res.</numerusform>
        </translation>
    </message>
    <message>
        <source>After handing in you cannot change anything.</source>
        <translation>Després d’entregar no pots canviar res.</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Continua escrivint</translation>
    </message>
</context>
<context>
    <name>ExamRoom</name>
    <message>
        <source>Exam</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Show the time left</source>
        <translation>Mostra el temps que queda</translation>
    </message>
    <message>
        <source>Hide the time left</source>
        <translation>Amaga el temps que queda</translation>
    </message>
    <message>
        <source>Message from your teacher</source>
        <translation>Missatge del professorat</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>L’he llegit</translation>
    </message>
    <message>
        <source>Width of the text</source>
        <translation>Amplària del text</translation>
    </message>
    <message>
        <source>Remove the flag</source>
        <translation>Lleva la marca</translation>
    </message>
    <message>
        <source>Flag for later</source>
        <translation>Marca per a després</translation>
    </message>
    <message>
        <source>Back to the start page</source>
        <translation>Torna a l’inici</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Següent</translation>
    </message>
    <message>
        <source>Check and hand in</source>
        <translation>Comprova i entrega</translation>
    </message>
</context>
<context>
    <name>ExerciseTalk</name>
    <message>
        <source>True</source>
        <translation>Verdader</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Fals</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Hide what is typed</source>
        <translation>Amaga el que s’escriu</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Mostra el que s’escriu</translation>
    </message>
</context>
<context>
    <name>FigureWords</name>
    <message>
        <source>Progress</source>
        <translation>Progrés</translation>
    </message>
    <message>
        <source>Exams</source>
        <translation>Exàmens</translation>
    </message>
    <message>
        <source>Tutor</source>
        <translation>Tutor</translation>
    </message>
    <message>
        <source>Connection and program</source>
        <translation>Connexió i programa</translation>
    </message>
    <message>
        <source>Followed by pages now</source>
        <translation>Seguiments de pàgines ara</translation>
    </message>
    <message>
        <source>Sources listened to</source>
        <translation>Fonts que s’escolten</translation>
    </message>
    <message>
        <source>Entries kept on this computer</source>
        <translation>Entrades guardades en este ordinador</translation>
    </message>
    <message>
        <source>Changes received</source>
        <translation>Canvis rebuts</translation>
    </message>
    <message>
        <source>Changes shown</source>
        <translation>Canvis mostrats</translation>
    </message>
    <message>
        <source>Changes shown together with a later one</source>
        <translation>Canvis mostrats junt amb un de posterior</translation>
    </message>
    <message>
        <source>Gaps caught up</source>
        <translation>Buits recuperats</translation>
    </message>
    <message>
        <source>Exams being sat here</source>
        <translation>Exàmens que es fan ací</translation>
    </message>
    <message>
        <source>Sittings being watched here</source>
        <translation>Convocatòries que se supervisen ací</translation>
    </message>
    <message>
        <source>Lists of exams being followed</source>
        <translation>Llistes d’exàmens que se seguixen</translation>
    </message>
    <message>
        <source>Questions to the academy</source>
        <translation>Consultes a l’acadèmia</translation>
    </message>
    <message>
        <source>Live messages</source>
        <translation>Missatges en directe</translation>
    </message>
    <message>
        <source>Edits the school has received</source>
        <translation>Edicions que ha rebut l’escola</translation>
    </message>
    <message>
        <source>Replies begun</source>
        <translation>Respostes començades</translation>
    </message>
    <message>
        <source>Replies finished</source>
        <translation>Respostes acabades</translation>
    </message>
    <message>
        <source>Replies you stopped</source>
        <translation>Respostes que has parat</translation>
    </message>
    <message>
        <source>Replies interrupted</source>
        <translation>Respostes interrompudes</translation>
    </message>
    <message>
        <source>Replies that failed</source>
        <translation>Respostes fallides</translation>
    </message>
    <message>
        <source>Further attempts</source>
        <translation>Nous intents</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Rebut</translation>
    </message>
    <message>
        <source>Tokens read by the model</source>
        <translation>Unitats llegides pel model</translation>
    </message>
    <message>
        <source>Tokens written by the model</source>
        <translation>Unitats escrites pel model</translation>
    </message>
    <message>
        <source>First word, half of the replies within</source>
        <translation>Primera paraula, la mitat de les respostes en</translation>
    </message>
    <message>
        <source>First word, 95 of 100 within</source>
        <translation>Primera paraula, 95 de cada 100 en</translation>
    </message>
    <message>
        <source>First word, 99 of 100 within</source>
        <translation>Primera paraula, 99 de cada 100 en</translation>
    </message>
    <message>
        <source>Live connection</source>
        <translation>Connexió en directe</translation>
    </message>
    <message>
        <source>Live round trip</source>
        <translation>Anada i tornada en directe</translation>
    </message>
    <message>
        <source>Data round trip</source>
        <translation>Anada i tornada de dades</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>mesurades</translation>
    </message>
    <message>
        <source>half within</source>
        <translation>la mitat en</translation>
    </message>
    <message>
        <source>95 of 100 within</source>
        <translation>95 de cada 100 en</translation>
    </message>
    <message>
        <source>99 of 100 within</source>
        <translation>99 de cada 100 en</translation>
    </message>
    <message>
        <source>Live messages received</source>
        <translation>Missatges en directe rebuts</translation>
    </message>
    <message>
        <source>Live messages sent</source>
        <translation>Missatges en directe enviats</translation>
    </message>
    <message>
        <source>Received live</source>
        <translation>Rebut en directe</translation>
    </message>
    <message>
        <source>Sent live</source>
        <translation>Enviat en directe</translation>
    </message>
    <message>
        <source>Messages that could not be read</source>
        <translation>Missatges que no s’han pogut llegir</translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Reconnexions</translation>
    </message>
    <message>
        <source>Live channels wanted</source>
        <translation>Canals en directe demanats</translation>
    </message>
    <message>
        <source>Live channels working</source>
        <translation>Canals en directe actius</translation>
    </message>
    <message>
        <source>Requests for data</source>
        <translation>Peticions de dades</translation>
    </message>
    <message>
        <source>Requests that failed</source>
        <translation>Peticions fallides</translation>
    </message>
    <message>
        <source>Data received</source>
        <translation>Dades rebudes</translation>
    </message>
    <message>
        <source>Data sent</source>
        <translation>Dades enviades</translation>
    </message>
    <message>
        <source>Changes waiting to be sent</source>
        <translation>Canvis que esperen l’enviament</translation>
    </message>
    <message>
        <source>Changes the academy did not take</source>
        <translation>Canvis que l’acadèmia no ha acceptat</translation>
    </message>
    <message>
        <source>The oldest has waited</source>
        <translation>El més antic espera des de fa</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Memòria en ús</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>En marxa des de fa</translation>
    </message>
    <message>
        <source>off</source>
        <translation>parada</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>connectant</translation>
    </message>
    <message>
        <source>open</source>
        <translation>oberta</translation>
    </message>
    <message>
        <source>being tested</source>
        <translation>en comprovació</translation>
    </message>
    <message>
        <source>waiting to try again</source>
        <translation>esperant per a tornar-ho a provar</translation>
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
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
</context>
<context>
    <name>ForecastBars</name>
    <message>
        <source>%1: %2 due</source>
        <translation>%1: %2 pendents</translation>
    </message>
</context>
<context>
    <name>GapInput</name>
    <message>
        <source>Gap %1</source>
        <translation>Buit %1</translation>
    </message>
    <message>
        <source>Gap %1, from the word %2</source>
        <translation>Buit %1, a partir de la paraula %2</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>tria</translation>
    </message>
</context>
<context>
    <name>HomeController</name>
    <message>
        <source>Good morning</source>
        <translation>Bon dia</translation>
    </message>
    <message>
        <source>Good afternoon</source>
        <translation>Bona vesprada</translation>
    </message>
    <message>
        <source>Good evening</source>
        <translation>Bona nit</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>greeting, name</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Last moved by an exam</source>
        <translation>Últim moviment: un examen</translation>
    </message>
    <message>
        <source>Last moved by your reviews</source>
        <translation>Últim moviment: els teus repassos</translation>
    </message>
    <message>
        <source>Last moved by your practice</source>
        <translation>Últim moviment: la teua pràctica</translation>
    </message>
    <message>
        <source>Study today to begin a streak</source>
        <translation>Estudia hui per a començar una ratxa</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) in a row</source>
        <translation>
            <numerusform>%n dia seguit</numerusform>
            <numerusform>%n dies seguits</numerusform>
        </translation>
    </message>
    <message>
        <source>Your exam is open</source>
        <translation>El teu examen està obert</translation>
    </message>
    <message>
        <source>Go in when you are ready. Everything you write is kept on this computer and sent to the school.</source>
        <translation>Entra quan estigues a punt. Tot el que escrius es guarda en este ordinador i s’envia a l’escola.</translation>
    </message>
    <message>
        <source>Enter the exam room</source>
        <translation>Entra en la sala d’examen</translation>
    </message>
    <message>
        <source>Next for you</source>
        <translation>El següent per a tu</translation>
    </message>
    <message numerus="yes">
        <source>Review %n card(s)</source>
        <translation>
            <numerusform>Repassa %n targeta</numerusform>
            <numerusform>Repassa %n targetes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learn %n new card(s)</source>
        <translation>
            <numerusform>Aprén %n targeta nova</numerusform>
            <numerusform>Aprén %n targetes noves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and up to %n new one(s). About %1 minutes.</source>
        <translation>
            <numerusform>i fins a %n de nova. Uns %1 minuts.</numerusform>
            <numerusform>i fins a %n de noves. Uns %1 minuts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n minute(s).</source>
        <translation>
            <numerusform>Més o menys %n minut.</numerusform>
            <numerusform>Uns %n minuts.</numerusform>
        </translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Comença</translation>
    </message>
    <message>
        <source>All reviewed for today</source>
        <translation>Tot repassat per hui</translation>
    </message>
    <message>
        <source>Practise something new</source>
        <translation>Practica una cosa nova</translation>
    </message>
    <message>
        <source>Short exercises with feedback at once. Your cards come back when it is time.</source>
        <translation>Exercicis curts amb correcció immediata. Les targetes tornen quan toca.</translation>
    </message>
    <message>
        <source>Choose an exercise</source>
        <translation>Tria un exercici</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lectura</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Escolta</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escriptura</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>Parla</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Llengua</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n minute(s)</source>
        <comment>class, length</comment>
        <translation>
            <numerusform>%1 · %n minut</numerusform>
            <numerusform>%1 · %n minuts</numerusform>
        </translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>Entregat</translation>
    </message>
    <message>
        <source>Open now</source>
        <translation>Obert ara</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Programat</translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>d’ací a %n dia</numerusform>
            <numerusform>d’ací a %n dies</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1 h %2 min</source>
        <translation>d’ací a %1 h %2 min</translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>d’ací a %n minut</numerusform>
            <numerusform>d’ací a %n minuts</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting for your teacher</source>
        <translation>esperant el professorat</translation>
    </message>
    <message>
        <source>Results are out</source>
        <translation>Ja hi ha resultats</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Tancat</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Try again</source>
        <translation>Torna-ho a provar</translation>
    </message>
    <message>
        <source>Your skills</source>
        <translation>Les teues destreses</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>Per a hui</translation>
    </message>
    <message>
        <source>Cards that fall due in the next seven days</source>
        <translation>Targetes que toquen en els pròxims set dies</translation>
    </message>
    <message>
        <source>Exams</source>
        <translation>Exàmens</translation>
    </message>
    <message>
        <source>No exam is planned. When your teacher schedules one, it appears here.</source>
        <translation>No hi ha cap examen previst. Quan el professorat en programe un, apareixerà ací.</translation>
    </message>
    <message>
        <source>Exams come from your academy. Sign in to see yours.</source>
        <translation>Els exàmens venen de l’acadèmia. Entra per a vore els teus.</translation>
    </message>
    <message>
        <source>Sign in to an academy</source>
        <translation>Entra en una acadèmia</translation>
    </message>
    <message>
        <source>Nothing falls due in the next seven days. What you learn now comes back when it is time.</source>
        <translation>No toca res en els pròxims set dies. El que aprengues ara tornarà quan siga el moment.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Veure</translation>
    </message>
</context>
<context>
    <name>ItemForm</name>
    <message>
        <source>1 point</source>
        <translation>1 punt</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 punts</translation>
    </message>
    <message>
        <source>Choose one answer.</source>
        <translation>Tria una resposta.</translation>
    </message>
    <message>
        <source>Choose every answer that fits.</source>
        <translation>Tria totes les respostes que encaixen.</translation>
    </message>
    <message>
        <source>True or false?</source>
        <translation>Verdader o fals?</translation>
    </message>
    <message>
        <source>Fill in the gaps.</source>
        <translation>Ompli els buits.</translation>
    </message>
    <message>
        <source>Find what belongs together.</source>
        <translation>Relaciona el que va junt.</translation>
    </message>
    <message>
        <source>Put the parts back into the text.</source>
        <translation>Torna a posar les parts en el text.</translation>
    </message>
    <message>
        <source>Put the lines in order. Move them with the buttons or with Alt and the arrow keys.</source>
        <translation>Ordena les línies. Mou-les amb els botons o amb Alt i les fletxes.</translation>
    </message>
    <message>
        <source>Write a short answer.</source>
        <translation>Escriu una resposta curta.</translation>
    </message>
    <message>
        <source>Say the same with the key word. Do not change it.</source>
        <translation>Digues el mateix amb la paraula clau. No la canvies.</translation>
    </message>
    <message>
        <source>Write your text.</source>
        <translation>Escriu el teu text.</translation>
    </message>
    <message>
        <source>Write what you hear.</source>
        <translation>Escriu el que sents.</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n paraula</numerusform>
            <numerusform>%n paraules</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · at least %2</source>
        <translation>%1 · almenys %2</translation>
    </message>
    <message>
        <source>%1 · at most %2</source>
        <translation>%1 · com a màxim %2</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Dreceres de teclat</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>En tot el programa</translation>
    </message>
    <message>
        <source>Find a page or an action</source>
        <translation>Busca una pàgina o una acció</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Torna arrere</translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation>Alt+Esquerra</translation>
    </message>
    <message>
        <source>Show or hide the names in the side bar</source>
        <translation>Mostra o amaga els noms en la barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Larger or smaller text</source>
        <translation>Text més gran o més xicotet</translation>
    </message>
    <message>
        <source>Ctrl++  Ctrl+-</source>
        <translation>Ctrl++  Ctrl+-</translation>
    </message>
    <message>
        <source>Studying</source>
        <translation>En estudiar</translation>
    </message>
    <message>
        <source>Show the answer; then rate it Good</source>
        <translation>Mostra la resposta; després, puntua-la com a bona</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espai</translation>
    </message>
    <message>
        <source>Rate: again, hard, good, easy</source>
        <translation>Puntua: una altra vegada, difícil, bé, fàcil</translation>
    </message>
    <message>
        <source>Choose an option by its letter</source>
        <translation>Tria una opció per la lletra</translation>
    </message>
    <message>
        <source>Check, or go on</source>
        <translation>Comprova o continua</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Move a line when putting in order</source>
        <translation>Mou una línia en ordenar</translation>
    </message>
    <message>
        <source>Alt+Up  Alt+Down</source>
        <translation>Alt+Amunt  Alt+Avall</translation>
    </message>
    <message>
        <source>Leave the session</source>
        <translation>Ix de la sessió</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>In the exam room</source>
        <translation>En la sala d’examen</translation>
    </message>
    <message>
        <source>Previous or next question</source>
        <translation>Pregunta anterior o següent</translation>
    </message>
    <message>
        <source>Alt+Left  Alt+Right</source>
        <translation>Alt+Esquerra  Alt+Dreta</translation>
    </message>
    <message>
        <source>Flag the question, or remove the flag</source>
        <translation>Marca la pregunta o lleva la marca</translation>
    </message>
    <message>
        <source>Alt+F</source>
        <translation>Alt+F</translation>
    </message>
    <message>
        <source>Live monitor</source>
        <translation>Seguiment en directe</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Missatge</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Més temps</translation>
    </message>
    <message>
        <source>Pause, or go on</source>
        <translation>Pausa o continua</translation>
    </message>
    <message>
        <source>Collect the papers</source>
        <translation>Arreplega els exàmens</translation>
    </message>
    <message>
        <source>Search by name or group</source>
        <translation>Busca per nom o grup</translation>
    </message>
    <message>
        <source>Select the student, or all who are shown</source>
        <translation>Selecciona l’alumne o tots els que es veuen</translation>
    </message>
    <message>
        <source>Space  Ctrl+A</source>
        <translation>Espai  Ctrl+A</translation>
    </message>
</context>
<context>
    <name>LearnerMessage</name>
    <message>
        <source>You: %1</source>
        <translation>Tu: %1</translation>
    </message>
    <message>
        <source>Say it in other words</source>
        <translation>Dir-ho amb altres paraules</translation>
    </message>
</context>
<context>
    <name>LessonNotes</name>
    <message>
        <source>The note was deleted.</source>
        <translation>S&apos;ha esborrat la nota.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfer</translation>
    </message>
</context>
<context>
    <name>LessonNotesPage</name>
    <message>
        <source>Lesson notes</source>
        <translation>Notes de classe</translation>
    </message>
    <message>
        <source>What stays of your talks with the tutor</source>
        <translation>El que queda de les teues converses amb el tutor</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tornar</translation>
    </message>
    <message>
        <source>Delete this note</source>
        <translation>Esborrar esta nota</translation>
    </message>
    <message>
        <source>Open the talk</source>
        <translation>Obrir la conversa</translation>
    </message>
    <message>
        <source>No lesson notes yet</source>
        <translation>Encara no hi ha notes de classe</translation>
    </message>
    <message>
        <source>“Look back” ends a talk with a note: what went well, what to practise, new words and one task.</source>
        <translation>«Repassar la conversa» l&apos;acaba amb una nota: el que ha anat bé, el que cal practicar, paraules noves i una tasca.</translation>
    </message>
    <message>
        <source>Talk to the tutor</source>
        <translation>Parlar amb el tutor</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Open this address in your browser?</source>
        <translation>Voleu obrir esta adreça en el navegador?</translation>
    </message>
    <message>
        <source>It was not written by Neolingus. Open it only when you know where it leads.</source>
        <translation>No l&apos;ha escrita Neolingus. Obri-la només si saps on porta.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Sense contestar</translation>
    </message>
</context>
<context>
    <name>LiveMonitorPage</name>
    <message>
        <source>Live monitor</source>
        <translation>Seguiment en directe</translation>
    </message>
    <message>
        <source>Time left for the last student</source>
        <translation>Temps que queda a l’últim alumne</translation>
    </message>
    <message>
        <source>Open the sitting</source>
        <translation>Obri la convocatòria</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Missatge</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Més temps</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Arreplega</translation>
    </message>
    <message>
        <source>What you see may be old</source>
        <translation>El que veus pot ser antic</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Torna a mirar</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Search by name or group</source>
        <translation>Busca per nom o grup</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloqueja</translation>
    </message>
    <message>
        <source>Select nobody</source>
        <translation>No selecciones ningú</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfés</translation>
    </message>
    <message>
        <source>Close the sitting</source>
        <translation>Tancar la convocatòria</translation>
    </message>
    <message>
        <source>Release results</source>
        <translation>Publica els resultats</translation>
    </message>
    <message>
        <source>Close the sitting?</source>
        <translation>Vols tancar la convocatòria?</translation>
    </message>
    <message numerus="yes">
        <source>%n student(s) are still writing: their papers are collected now. Nobody can begin any more.</source>
        <translation>
            <numerusform>%n estudiant encara escriu: el seu examen es recull ara. Ja no podrà començar ningú més.</numerusform>
            <numerusform>%n estudiants encara escriuen: els seus exàmens es recullen ara. Ja no podrà començar ningú més.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is writing. Nobody can begin any more.</source>
        <translation>Ningú no està escrivint. Ja no podrà començar ningú més.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – Neolingus</source>
        <translation>%1 – Neolingus</translation>
    </message>
</context>
<context>
    <name>MarkingCard</name>
    <message>
        <source>Nothing said</source>
        <translation>Res dit</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Encara no</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>En part</translation>
    </message>
    <message>
        <source>Mostly</source>
        <translation>En gran part</translation>
    </message>
    <message>
        <source>Fully</source>
        <translation>Del tot</translation>
    </message>
    <message>
        <source>The student&apos;s words that show it, one quote a line</source>
        <translation>Les paraules de l&apos;estudiant que ho mostren, una cita per línia</translation>
    </message>
    <message>
        <source>What is good</source>
        <translation>El que està bé</translation>
    </message>
    <message>
        <source>The next step</source>
        <translation>El pas següent</translation>
    </message>
</context>
<context>
    <name>MarkingPage</name>
    <message>
        <source>A text</source>
        <translation>Un text</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tornar</translation>
    </message>
    <message>
        <source>Your student sees what you keep here instead of the tutor&apos;s words, with your name. It is help, never a mark.</source>
        <translation>El teu estudiant veu el que guardes ací en lloc de les paraules del tutor, amb el teu nom. És ajuda, mai una nota.</translation>
    </message>
    <message>
        <source>A word to the student</source>
        <translation>Unes paraules per a l&apos;estudiant</translation>
    </message>
    <message>
        <source>Give it to the student</source>
        <translation>Donar-ho a l&apos;estudiant</translation>
    </message>
</context>
<context>
    <name>MatchInput</name>
    <message>
        <source>What belongs to: %1</source>
        <translation>Què va amb: %1</translation>
    </message>
    <message>
        <source>Right: %1</source>
        <translation>Correcte: %1</translation>
    </message>
</context>
<context>
    <name>MatchSelect</name>
    <message>
        <source>choose</source>
        <translation>tria</translation>
    </message>
    <message>
        <source>used</source>
        <translation>usada</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>triada</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Your message in other words</source>
        <translation>El teu missatge amb altres paraules</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel·la</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envia</translation>
    </message>
</context>
<context>
    <name>ModeSelect</name>
    <message>
        <source>How mistakes are treated</source>
        <translation>Com es tracten els errors</translation>
    </message>
    <message>
        <source>One correction</source>
        <translation>Una correcció</translation>
    </message>
    <message>
        <source>All corrections</source>
        <translation>Tot corregit</translation>
    </message>
    <message>
        <source>Corrections later</source>
        <translation>Corregir al final</translation>
    </message>
</context>
<context>
    <name>Monitor</name>
    <message>
        <source>now</source>
        <translation>ara</translation>
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
        <source>Left the exam window</source>
        <translation>Ha eixit de la finestra de l’examen</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Ha apegat text</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was changed</source>
        <translation>S’ha canviat el rellotge de l’ordinador</translation>
    </message>
    <message>
        <source>A second screen was connected</source>
        <translation>S’ha connectat una segona pantalla</translation>
    </message>
    <message>
        <source>The answers do not form an unbroken chain</source>
        <translation>Les respostes no formen una cadena sencera</translation>
    </message>
    <message>
        <source>Voided</source>
        <translation>Anul·lat</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>Entregat</translation>
    </message>
    <message>
        <source>Collected late</source>
        <translation>Arreplegat tard</translation>
    </message>
    <message>
        <source>Second device</source>
        <translation>Segon dispositiu</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Bloquejat</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Sense connexió</translation>
    </message>
    <message>
        <source>Weak connection</source>
        <translation>Connexió dèbil</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Cal mirar-ho</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escrivint</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Esperant</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Sense començar</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
</context>
<context>
    <name>MonitorController</name>
    <message>
        <source>already handed in</source>
        <translation>ja ha entregat</translation>
    </message>
    <message>
        <source>this attempt was ended</source>
        <translation>este intent s’ha donat per acabat</translation>
    </message>
    <message>
        <source>the time is over</source>
        <translation>s’ha acabat el temps</translation>
    </message>
    <message>
        <source>already paused</source>
        <translation>ja està en pausa</translation>
    </message>
    <message>
        <source>not paused</source>
        <translation>no està en pausa</translation>
    </message>
    <message>
        <source>already locked</source>
        <translation>ja està bloquejat</translation>
    </message>
    <message>
        <source>not locked</source>
        <translation>no està bloquejat</translation>
    </message>
    <message>
        <source>no second device has asked</source>
        <translation>cap segon dispositiu ho ha demanat</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>ara no és possible</translation>
    </message>
    <message>
        <source>Give more time</source>
        <translation>Dona més temps</translation>
    </message>
    <message>
        <source>Give the time</source>
        <translation>Dona el temps</translation>
    </message>
    <message>
        <source>More time was given.</source>
        <translation>S’ha donat més temps.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Pause now</source>
        <translation>Posa en pausa ara</translation>
    </message>
    <message>
        <source>The exam is paused.</source>
        <translation>L’examen està en pausa.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Go on now</source>
        <translation>Continua ara</translation>
    </message>
    <message>
        <source>The exam goes on.</source>
        <translation>L’examen continua.</translation>
    </message>
    <message>
        <source>Send a message</source>
        <translation>Envia un missatge</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envia</translation>
    </message>
    <message>
        <source>The message is on its way.</source>
        <translation>El missatge va de camí.</translation>
    </message>
    <message>
        <source>Lock the answers</source>
        <translation>Bloqueja les respostes</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloqueja</translation>
    </message>
    <message>
        <source>The answers are locked.</source>
        <translation>Les respostes estan bloquejades.</translation>
    </message>
    <message>
        <source>Unlock the answers</source>
        <translation>Desbloqueja les respostes</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Desbloqueja</translation>
    </message>
    <message>
        <source>The answers are unlocked.</source>
        <translation>Les respostes estan desbloquejades.</translation>
    </message>
    <message>
        <source>Collect the papers</source>
        <translation>Arreplega els exàmens</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Arreplega</translation>
    </message>
    <message>
        <source>The papers are being collected.</source>
        <translation>S’estan arreplegant els exàmens.</translation>
    </message>
    <message>
        <source>Move to the second device</source>
        <translation>Passa’l al segon dispositiu</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Passa’l</translation>
    </message>
    <message>
        <source>The exam moves to the other device.</source>
        <translation>L’examen passa a l’altre dispositiu.</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n seleccionat</numerusform>
            <numerusform>%n seleccionats</numerusform>
        </translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>al dia</translation>
    </message>
    <message numerus="yes">
        <source>as of %n seconds ago</source>
        <translation>
            <numerusform>de fa %n segon</numerusform>
            <numerusform>de fa %n segons</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody of them has started yet.</source>
        <translation>Cap d’ells ha començat encara.</translation>
    </message>
    <message>
        <source>There is nobody this can be done for now.</source>
        <translation>Ara no es pot fer per a ningú.</translation>
    </message>
    <message>
        <source>For %1. The new end is %2.</source>
        <translation>Per a %1. El nou final és a les %2.</translation>
    </message>
    <message>
        <source>For %1.</source>
        <translation>Per a %1.</translation>
    </message>
    <message numerus="yes">
        <source>For %n students.</source>
        <translation>
            <numerusform>Per a %n alumne.</numerusform>
            <numerusform>Per a %n alumnes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>i %n més</numerusform>
            <numerusform>i %n més</numerusform>
        </translation>
    </message>
    <message>
        <source>That was taken back.</source>
        <translation>S’ha desfet.</translation>
    </message>
</context>
<context>
    <name>MonitorDrawer</name>
    <message>
        <source>Close</source>
        <translation>Tanca</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Contestada</translation>
    </message>
    <message>
        <source>Received of kept</source>
        <translation>Rebut de guardat</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Temps que queda</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Xarxa</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Vist</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Incidents</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Més temps</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Missatge</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Desbloqueja</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloqueja</translation>
    </message>
    <message>
        <source>Move to the second device</source>
        <translation>Passa’l al segon dispositiu</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Arreplega</translation>
    </message>
</context>
<context>
    <name>MonitorTable</name>
    <message>
        <source>Students of this sitting</source>
        <translation>Alumnat d’esta convocatòria</translation>
    </message>
    <message>
        <source>Student</source>
        <translation>Alumne</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estat</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Fetes</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Rebut</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Xarxa</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Vista</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Temps</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>No hi ha ningú que coincidisca</translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation>Encara no hi ha ningú</translation>
    </message>
    <message>
        <source>Change the search or choose another state.</source>
        <translation>Canvia la busca o tria un altre estat.</translation>
    </message>
    <message>
        <source>Students appear as soon as they belong to the class.</source>
        <translation>L’alumnat apareix quan forma part de la classe.</translation>
    </message>
    <message>
        <source>%1, %2 answered, %3 received</source>
        <translation>%1, %2 contestades, %3 rebudes</translation>
    </message>
    <message>
        <source>Select %1</source>
        <translation>Selecciona %1</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>Escriu</translation>
    </message>
</context>
<context>
    <name>Navigator</name>
    <message>
        <source>Welcome</source>
        <translation>Benvinguda</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entra</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Inici</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Estudi</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repàs</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Pràctica</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Apunts</translation>
    </message>
    <message>
        <source>Sittings</source>
        <translation>Convocatòries</translation>
    </message>
    <message>
        <source>Tutor</source>
        <translation>Tutor</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Check before handing in</source>
        <translation>Comprova abans d’entregar</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Justificant</translation>
    </message>
    <message>
        <source>Live monitor</source>
        <translation>Seguiment en directe</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnòstic</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configuració</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Dreceres de teclat</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Textos</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>El teu text</translation>
    </message>
    <message>
        <source>A student&apos;s text</source>
        <translation>El text d&apos;un estudiant</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Escenes</translation>
    </message>
    <message>
        <source>Lesson notes</source>
        <translation>Notes de classe</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Exàmens</translation>
    </message>
</context>
<context>
    <name>NotesPage</name>
    <message>
        <source>Notes</source>
        <translation>Apunts</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Torna</translation>
    </message>
    <message>
        <source>This unit has no notes</source>
        <translation>Esta unitat no té apunts</translation>
    </message>
    <message>
        <source>Back to the units</source>
        <translation>Torna a les unitats</translation>
    </message>
</context>
<context>
    <name>OptionButton</name>
    <message>
        <source>right</source>
        <translation>correcta</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>incorrecta</translation>
    </message>
    <message>
        <source>this was right</source>
        <translation>esta era la correcta</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcte</translation>
    </message>
    <message>
        <source>Not this one</source>
        <translation>Esta no</translation>
    </message>
    <message>
        <source>This was right</source>
        <translation>Esta era la correcta</translation>
    </message>
</context>
<context>
    <name>OrderInput</name>
    <message>
        <source>%1, place %2</source>
        <translation>%1, lloc %2</translation>
    </message>
    <message>
        <source>Move up: %1</source>
        <translation>Mou amunt: %1</translation>
    </message>
    <message>
        <source>Move down: %1</source>
        <translation>Mou avall: %1</translation>
    </message>
</context>
<context>
    <name>OutcomePoint</name>
    <message>
        <source>Next: %1</source>
        <translation>Pas següent: %1</translation>
    </message>
</context>
<context>
    <name>PaletteLayer</name>
    <message>
        <source>Go to a page or do something</source>
        <translation>Vés a una pàgina o fes alguna cosa</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Ordes</translation>
    </message>
    <message>
        <source>Nothing here has that name.</source>
        <translation>Ací no hi ha res amb eixe nom.</translation>
    </message>
</context>
<context>
    <name>PaperCard</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Counts now</source>
        <translation>Compta ara</translation>
    </message>
    <message>
        <source>Came after the end</source>
        <translation>Va arribar després del final</translation>
    </message>
    <message>
        <source>Written on the other device</source>
        <translation>Escrit en l&apos;altre dispositiu</translation>
    </message>
    <message>
        <source>The paper had moved to a second device when this came. Both stay kept, whatever you decide.</source>
        <translation>L&apos;examen ja havia passat a un segon dispositiu quan va arribar açò. Es conserven els dos, decidisques el que decidisques.</translation>
    </message>
    <message>
        <source>Count what came late</source>
        <translation>Comptar el que va arribar tard</translation>
    </message>
    <message>
        <source>Count the other device&apos;s words</source>
        <translation>Comptar el de l&apos;altre dispositiu</translation>
    </message>
    <message>
        <source>Leave it aside</source>
        <translation>Deixar-ho a banda</translation>
    </message>
    <message>
        <source>It counts only if you say so. Whatever you decide is for everything that came late in this paper, and it stays kept.</source>
        <translation>Només compta si tu ho dius. El que decidisques val per a tot el que va arribar tard en este examen, i queda guardat.</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Deixar-ho fora</translation>
    </message>
</context>
<context>
    <name>PapersController</name>
    <message>
        <source>True</source>
        <translation>Vertader</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Fals</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Res</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 de %2 punts</translation>
    </message>
    <message>
        <source>To be marked</source>
        <translation>Per corregir</translation>
    </message>
    <message>
        <source>Came after the end</source>
        <translation>Va arribar després del final</translation>
    </message>
    <message>
        <source>From another device</source>
        <translation>D&apos;un altre dispositiu</translation>
    </message>
    <message>
        <source>Nothing waits for you here.</source>
        <translation>Ací no t&apos;espera res.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to decide</source>
        <translation>
            <numerusform>%n cosa per decidir</numerusform>
            <numerusform>%n coses per decidir</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a band for every criterion.</source>
        <translation>Tria una banda per a cada criteri.</translation>
    </message>
    <message>
        <source>The mark is kept.</source>
        <translation>La nota està guardada.</translation>
    </message>
    <message>
        <source>What came late counts now.</source>
        <translation>El que va arribar tard ja compta.</translation>
    </message>
    <message>
        <source>The words of the other device count now.</source>
        <translation>El que es va escriure en l&apos;altre dispositiu ja compta.</translation>
    </message>
    <message>
        <source>The words of the other device stay aside.</source>
        <translation>El que es va escriure en l&apos;altre dispositiu queda a banda.</translation>
    </message>
    <message>
        <source>%1, changes not kept yet</source>
        <translation>%1, amb canvis sense guardar</translation>
    </message>
    <message>
        <source>Begun, not kept yet</source>
        <translation>Començat, sense guardar</translation>
    </message>
    <message>
        <source>What came late does not count. It stays kept.</source>
        <translation>El que va arribar tard no compta. Queda guardat.</translation>
    </message>
</context>
<context>
    <name>PapersPage</name>
    <message>
        <source>Papers</source>
        <translation>Exàmens</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tornar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tornar-ho a intentar</translation>
    </message>
    <message>
        <source>Nothing waits for you here</source>
        <translation>Ací no t&apos;espera res</translation>
    </message>
    <message>
        <source>Essays to mark, words that came late and words of a second device appear here when papers are in.</source>
        <translation>Les redaccions per corregir, el que va arribar tard i el d&apos;un segon dispositiu apareixen ací quan hi ha exàmens entregats.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Tornar a mirar</translation>
    </message>
    <message>
        <source>Change a result that is out?</source>
        <translation>Canviar un resultat ja publicat?</translation>
    </message>
    <message>
        <source>The results are already released; the student will see the change.</source>
        <translation>Els resultats ja estan publicats; l’estudiant veurà el canvi.</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Canviar-lo</translation>
    </message>
</context>
<context>
    <name>PracticeController</name>
    <message>
        <source>%1 of %2</source>
        <comment>position</comment>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Kept. Compare it with the advice below, or show it to your teacher.</source>
        <translation>Guardat. Compara-ho amb el consell de baix o ensenya-ho al professorat.</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcte</translation>
    </message>
    <message>
        <source>Partly right</source>
        <translation>Correcte en part</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Encara no</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 de %2 punts</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Aprovat</translation>
    </message>
    <message>
        <source>Not passed yet</source>
        <translation>Encara no està aprovat</translation>
    </message>
    <message>
        <source>%1 % of the paper.</source>
        <translation>%1 % de l’examen.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) that only a person can mark are not counted.</source>
        <translation>
            <numerusform>No es compta %n resposta que només pot corregir una persona.</numerusform>
            <numerusform>No es compten %n respostes que només pot corregir una persona.</numerusform>
        </translation>
    </message>
    <message>
        <source>Practice finished</source>
        <translation>Pràctica acabada</translation>
    </message>
</context>
<context>
    <name>PracticePage</name>
    <message>
        <source>Practice</source>
        <translation>Pràctica</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Entrega</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultat</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Una altra vegada</translation>
    </message>
    <message>
        <source>Back to the units</source>
        <translation>Torna a les unitats</translation>
    </message>
    <message>
        <source>The practice stopped</source>
        <translation>La pràctica s’ha parat</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Torna-ho a provar</translation>
    </message>
    <message>
        <source>%1: right</source>
        <translation>%1: correcta</translation>
    </message>
    <message>
        <source>%1: wrong</source>
        <translation>%1: incorrecta</translation>
    </message>
    <message>
        <source>%1: open</source>
        <translation>%1: sense contestar</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Mostra-m’ho</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Acaba</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Següent</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Comprova</translation>
    </message>
    <message>
        <source>Ask the tutor</source>
        <translation>Preguntar al tutor</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Pàgines</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Busca</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
    <message>
        <source>Show the names</source>
        <translation>Mostra els noms</translation>
    </message>
    <message>
        <source>Hide the names</source>
        <translation>Amaga els noms</translation>
    </message>
</context>
<context>
    <name>ReadAloud</name>
    <message>
        <source>Looking for voices</source>
        <translation>Buscant veus</translation>
    </message>
    <message>
        <source>This computer has no voice yet. On Debian and Ubuntu the packages speech-dispatcher and speech-dispatcher-espeak-ng bring one.</source>
        <translation>Este ordinador encara no té veu. En Debian i Ubuntu la porten els paquets speech-dispatcher i speech-dispatcher-espeak-ng.</translation>
    </message>
    <message>
        <source>This computer has voices, but none for the language of your course (%1).</source>
        <translation>Este ordinador té veus, però cap per a la llengua del teu curs (%1).</translation>
    </message>
    <message>
        <source>Below every reply of the tutor is a button that reads it, one sentence at a time.</source>
        <translation>Davall de cada resposta del tutor hi ha un botó que la llig, frase a frase.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>The computer's voice could not say this.</source>
        <translation>La veu de l'ordinador no ha pogut dir açò.</translation>
    </message>
    <message>
        <source>The computer's voice does not answer any more, so the reading has stopped.</source>
        <translation>La veu de l'ordinador ja no respon, així que la lectura s'ha aturat.</translation>
    </message>
</context>
<context>
    <name>ReadAloudButton</name>
    <message>
        <source>Stop reading</source>
        <translation>Deixar de llegir</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Llegir en veu alta</translation>
    </message>
</context>
<context>
    <name>ReadAloudLine</name>
    <message>
        <source>Waiting for the next sentence</source>
        <translation>Esperant la frase següent</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Deixar de llegir</translation>
    </message>
    <message>
        <source>Stop reading (%1)</source>
        <translation>Deixar de llegir (%1)</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>Receipt</source>
        <translation>Justificant</translation>
    </message>
    <message>
        <source>To the start page</source>
        <translation>A l’inici</translation>
    </message>
</context>
<context>
    <name>RecordInput</name>
    <message>
        <source>Speaking is recorded in the classroom. Go on to the next question.</source>
        <translation>L’expressió oral es grava en classe. Passa a la pregunta següent.</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Another name for this talk</source>
        <translation>Un altre nom per a esta conversa</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Canviar el nom</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
</context>
<context>
    <name>ReplyEnd</name>
    <message>
        <source>Try now</source>
        <translation>Prova ja</translation>
    </message>
    <message>
        <source>Use another model now</source>
        <translation>Usa ja un altre model</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel·la</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Torna-ho a provar</translation>
    </message>
    <message>
        <source>Copy this reply</source>
        <translation>Copia esta resposta</translation>
    </message>
    <message>
        <source>Another reply</source>
        <translation>Una altra resposta</translation>
    </message>
    <message>
        <source>Simpler</source>
        <translation>Més senzill</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Explica</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>Mostra la resposta</translation>
    </message>
    <message>
        <source>All lesson notes</source>
        <translation>Totes les notes de classe</translation>
    </message>
    <message>
        <source>Send it to my teacher</source>
        <translation>Enviar-lo al meu professor</translation>
    </message>
    <message>
        <source>This may be hard to read. “Simpler” says it again in easier words.</source>
        <translation>Pot ser que açò siga difícil de llegir. «Més senzill» ho torna a dir amb paraules més fàcils.</translation>
    </message>
    <message>
        <source>Save a word</source>
        <translation>Guardar una paraula</translation>
    </message>
    <message>
        <source>From your course</source>
        <translation>Del teu curs</translation>
    </message>
    <message>
        <source>From your course:</source>
        <translation>Del teu curs:</translation>
    </message>
    <message>
        <source>You reported this reply to your teachers</source>
        <translation>Has avisat d&apos;esta resposta als teus professors</translation>
    </message>
    <message>
        <source>This reply is wrong or not suitable</source>
        <translation>Esta resposta és incorrecta o inadequada</translation>
    </message>
    <message>
        <source>Another hint</source>
        <translation>Una altra pista</translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>Mostrar menys</translation>
    </message>
    <message>
        <source>Show all of the reply</source>
        <translation>Mostrar tota la resposta</translation>
    </message>
    <message>
        <source>I have looked at it</source>
        <translation>Ja ho he vist</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>It says something wrong</source>
        <translation>Diu una cosa incorrecta</translation>
    </message>
    <message>
        <source>It is too hard or too easy</source>
        <translation>És massa difícil o massa fàcil</translation>
    </message>
    <message>
        <source>It is unkind or does not belong here</source>
        <translation>És desagradable o no ve al cas</translation>
    </message>
    <message>
        <source>It frightens me or could hurt somebody</source>
        <translation>M&apos;espanta o podria fer mal a algú</translation>
    </message>
    <message>
        <source>It asks for private things</source>
        <translation>Pregunta coses privades</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Una altra cosa</translation>
    </message>
    <message>
        <source>What is wrong with this reply?</source>
        <translation>Què li passa a esta resposta?</translation>
    </message>
    <message>
        <source>Your teachers get the words of this reply and what you say here, not your talk. It also goes later, when there is a network again.</source>
        <translation>Els teus professors reben el text d&apos;esta resposta i el que digues ací, no la teua conversa. Sense xarxa, s&apos;envia més tard.</translation>
    </message>
    <message>
        <source>Report it</source>
        <translation>Avisar</translation>
    </message>
    <message>
        <source>In your words, if you like</source>
        <translation>Amb les teues paraules, si vols</translation>
    </message>
</context>
<context>
    <name>ReportsController</name>
    <message>
        <source>It says something wrong</source>
        <translation>Diu una cosa incorrecta</translation>
    </message>
    <message>
        <source>It is too hard or too easy</source>
        <translation>És massa difícil o massa fàcil</translation>
    </message>
    <message>
        <source>It is unkind or does not belong here</source>
        <translation>És desagradable o no ve al cas</translation>
    </message>
    <message>
        <source>It frightens or could hurt somebody</source>
        <translation>Espanta o podria fer mal a algú</translation>
    </message>
    <message>
        <source>It asks for private things</source>
        <translation>Pregunta coses privades</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Una altra cosa</translation>
    </message>
    <message>
        <source>Notes tutor</source>
        <translation>Tutor d&apos;apunts</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>when, which model</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>ReviewController</name>
    <message>
        <source>Nothing waits for review.</source>
        <translation>No hi ha res per a repassar.</translation>
    </message>
    <message>
        <source>&lt; 1 min</source>
        <translation>&lt; 1 min</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n dia</numerusform>
            <numerusform>%n dies</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 mo</source>
        <comment>months</comment>
        <translation>%1 mesos</translation>
    </message>
    <message>
        <source>%1 y</source>
        <comment>years</comment>
        <translation>%1 anys</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) reviewed. They come back when it is time.</source>
        <translation>
            <numerusform>%n targeta repassada. Tornarà quan toque.</numerusform>
            <numerusform>%n targetes repassades. Tornaran quan toque.</numerusform>
        </translation>
    </message>
    <message>
        <source>The next one is due in %1.</source>
        <translation>La pròxima toca d’ací a %1.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nova</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repàs</translation>
    </message>
    <message>
        <source>Learn again</source>
        <translation>Torna a aprendre</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Aprenent</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>Repàs</translation>
    </message>
    <message>
        <source>new</source>
        <translation>noves</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>aprenent</translation>
    </message>
    <message>
        <source>due</source>
        <translation>pendents</translation>
    </message>
    <message>
        <source>Done for now</source>
        <translation>Fet per ara</translation>
    </message>
    <message>
        <source>All reviewed</source>
        <translation>Tot repassat</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Torna</translation>
    </message>
    <message>
        <source>The review stopped</source>
        <translation>El repàs s’ha parat</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Torna-ho a provar</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>Mostra la resposta</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espai</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Una altra vegada</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>Difícil</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Bé</translation>
    </message>
    <message>
        <source>Easy</source>
        <translation>Fàcil</translation>
    </message>
</context>
<context>
    <name>SaveWordDialog</name>
    <message>
        <source>Save a word</source>
        <translation>Guardar una paraula</translation>
    </message>
    <message>
        <source>It comes back in your reviews, with the sentence you met it in.</source>
        <translation>Torna a eixir en els teus repassos, amb la frase on la vas trobar.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>The word</source>
        <translation>La paraula</translation>
    </message>
    <message>
        <source>What it means, if you like</source>
        <translation>Què significa, si vols</translation>
    </message>
</context>
<context>
    <name>ScenesPage</name>
    <message>
        <source>Scenes</source>
        <translation>Escenes</translation>
    </message>
    <message>
        <source>The tutor plays somebody, you are yourself</source>
        <translation>El tutor fa un paper, tu eres tu</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tornar</translation>
    </message>
    <message>
        <source>Your level</source>
        <translation>El teu nivell</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Començar</translation>
    </message>
    <message>
        <source>Play: %1</source>
        <translation>Començar: %1</translation>
    </message>
</context>
<context>
    <name>SecondStepSetting</name>
    <message>
        <source>Two-step verification</source>
        <translation>Verificació en dos passos</translation>
    </message>
    <message>
        <source>On. Signing in asks for a code of your authenticator app.</source>
        <translation>Activada. En entrar es demana un codi de l’aplicació d’autenticació.</translation>
    </message>
    <message>
        <source>Off. Nobody gets in with your password alone when it is on.</source>
        <translation>Desactivada. Quan està activada, ningú entra només amb la teua contrasenya.</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Desactiva</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Configura</translation>
    </message>
    <message>
        <source>Scan this with your authenticator app, then enter the six digits it shows.</source>
        <translation>Escaneja’l amb l’aplicació d’autenticació i després escriu els sis dígits que mostra.</translation>
    </message>
    <message>
        <source>QR code for your authenticator app</source>
        <translation>Codi QR per a l’aplicació d’autenticació</translation>
    </message>
    <message>
        <source>No camera? Type this key into the app: %1</source>
        <translation>No tens càmera? Escriu esta clau en l’aplicació: %1</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>Sis dígits</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>Activa</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel·la</translation>
    </message>
    <message>
        <source>Turn two-step verification off?</source>
        <translation>Vols desactivar la verificació en dos passos?</translation>
    </message>
    <message>
        <source>From then on your password alone is enough to sign in.</source>
        <translation>A partir d’ara n’hi haurà prou amb la contrasenya per a entrar.</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>Leave; everything is kept</source>
        <translation>Ix; tot queda guardat</translation>
    </message>
    <message>
        <source>Progress of this session</source>
        <translation>Progrés d’esta sessió</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Configuració</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Convidat</translation>
    </message>
    <message>
        <source>Everything you do stays on this computer.</source>
        <translation>Tot el que fas es queda en este ordinador.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Ix</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entra</translation>
    </message>
    <message>
        <source>Academy</source>
        <translation>Acadèmia</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Cap</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Canvia</translation>
    </message>
    <message>
        <source>Language and appearance</source>
        <translation>Idioma i aspecte</translation>
    </message>
    <message>
        <source>Language of the program</source>
        <translation>Idioma del programa</translation>
    </message>
    <message>
        <source>Changes at once.</source>
        <translation>Canvia a l’instant.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspecte</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clar</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Fosc</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Grandària del text</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Text més xicotet</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Text més gran</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contrast alt</translation>
    </message>
    <message>
        <source>Black, white and strong lines.</source>
        <translation>Negre, blanc i línies marcades.</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Moviment reduït</translation>
    </message>
    <message>
        <source>Nothing glides or fades.</source>
        <translation>Res es desplaça ni s’esvaïx.</translation>
    </message>
    <message>
        <source>Privacy and storage</source>
        <translation>Privacitat i emmagatzematge</translation>
    </message>
    <message>
        <source>What leaves this computer</source>
        <translation>Què ix d’este ordinador</translation>
    </message>
    <message>
        <source>To your academy: your answers, reviews and progress. To a tutor: what you write to it. Nothing else, and nothing to us.</source>
        <translation>A l’acadèmia: les teues respostes, els repassos i el progrés. A un tutor: el que li escrius. Res més, i res a nosaltres.</translation>
    </message>
    <message>
        <source>Where your data is</source>
        <translation>On són les teues dades</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copia el camí</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Quant al programa</translation>
    </message>
    <message>
        <source>Neolingus %1</source>
        <translation>Neolingus %1</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Programari lliure amb la Llicència Pública General de GNU, versió 3 o posterior. No té cap garantia.</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Crèdits</translation>
    </message>
    <message>
        <source>Qt, under the LGPL 3 · Inter, the typeface, by Rasmus Andersson and others, under the SIL Open Font License 1.1 · Lucide, the icons, under the ISC License · SQLite, public domain · QtKeychain, under the BSD License · OpenSSL, under the Apache License 2.0 · libzip, under the BSD License · FSRS, the review schedule, by Jarrett Ye and the open spaced repetition community</source>
        <translation>Qt, amb la LGPL 3 · Inter, el tipus de lletra, de Rasmus Andersson i altres, amb la SIL Open Font License 1.1 · Lucide, les icones, amb la llicència ISC · SQLite, de domini públic · QtKeychain, amb la llicència BSD · OpenSSL, amb la llicència Apache 2.0 · libzip, amb la llicència BSD · FSRS, el calendari de repassos, de Jarrett Ye i la comunitat de repetició espaiada oberta</translation>
    </message>
    <message>
        <source>Create an account</source>
        <translation>Crea un compte</translation>
    </message>
</context>
<context>
    <name>ShortInput</name>
    <message>
        <source>Key word</source>
        <translation>Paraula clau</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcte</translation>
    </message>
    <message>
        <source>Right would be: %1</source>
        <translation>El correcte seria: %1</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Encara no</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Make an account</source>
        <translation>Crea un compte</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entra</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Torna</translation>
    </message>
    <message>
        <source>Academy</source>
        <translation>Acadèmia</translation>
    </message>
    <message>
        <source>The address your academy gave you.</source>
        <translation>L’adreça que t’ha donat l’acadèmia.</translation>
    </message>
    <message>
        <source>Public key of the academy</source>
        <translation>Clau pública de l’acadèmia</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>El teu nom</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correu electrònic</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contrasenya</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un moment</translation>
    </message>
    <message>
        <source>I have an account already</source>
        <translation>Ja tinc un compte</translation>
    </message>
    <message>
        <source>I have no account yet</source>
        <translation>Encara no tinc compte</translation>
    </message>
    <message>
        <source>This computer has no keychain: you will be asked to sign in again after closing Neolingus.</source>
        <translation>Este ordinador no té clauer: hauràs de tornar a entrar després de tancar Neolingus.</translation>
    </message>
    <message>
        <source>Your code</source>
        <translation>El teu codi</translation>
    </message>
    <message>
        <source>Go on in the browser</source>
        <translation>Continua en el navegador</translation>
    </message>
    <message>
        <source>Second step</source>
        <translation>Segon pas</translation>
    </message>
    <message>
        <source>We sent six digits to %1. They work for one hour.</source>
        <translation>Hem enviat sis dígits a %1. Servixen durant una hora.</translation>
    </message>
    <message>
        <source>Sign in on the page that has opened. This window goes on by itself.</source>
        <translation>Entra en la pàgina que s’ha obert. Esta finestra continua tota sola.</translation>
    </message>
    <message>
        <source>Enter the six digits your authenticator app shows now.</source>
        <translation>Escriu els sis dígits que mostra ara l’aplicació d’autenticació.</translation>
    </message>
    <message>
        <source>What you studied as a guest comes with you.</source>
        <translation>El que has estudiat com a convidat ve amb tu.</translation>
    </message>
    <message>
        <source>Also called the anon or publishable key. It is not a secret.</source>
        <translation>També es diu clau «anon» o publicable. No és un secret.</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>Sis dígits</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
    <message>
        <source>Send me a code</source>
        <translation>Envia’m un codi</translation>
    </message>
    <message>
        <source>Use a password</source>
        <translation>Usa una contrasenya</translation>
    </message>
    <message>
        <source>Use a code by e-mail</source>
        <translation>Usa un codi per correu electrònic</translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation>Continua amb %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel·la</translation>
    </message>
    <message>
        <source>Another code in %1 s</source>
        <translation>Un altre codi d’ací a %1 s</translation>
    </message>
    <message>
        <source>Send another code</source>
        <translation>Envia un altre codi</translation>
    </message>
    <message>
        <source>No page? Open this address yourself: %1</source>
        <translation>No ix cap pàgina? Obri tu esta adreça: %1</translation>
    </message>
    <message>
        <source>A demo academy sends no e-mail. Read yours at %1</source>
        <translation>Una acadèmia de demostració no envia correus. Llig el teu en %1</translation>
    </message>
    <message>
        <source>My teacher set it up again: compare the words</source>
        <translation>El meu professor l&apos;ha instal·lada de nou: comparar les paraules</translation>
    </message>
    <message>
        <source>What you did so far stays yours.</source>
        <translation>El que has fet fins ara continua sent teu.</translation>
    </message>
    <message>
        <source>Try it without an account</source>
        <translation>Provar-ho sense compte</translation>
    </message>
</context>
<context>
    <name>SittingLine</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entra</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Read your teacher's words</source>
        <translation>Llegir les paraules del teu professor</translation>
    </message>
    <message>
        <source>Hide your teacher's words</source>
        <translation>Amagar les paraules del teu professor</translation>
    </message>
</context>
<context>
    <name>SittingWords</name>
    <message>
        <source>Open</source>
        <translation>Oberta</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Tancada</translation>
    </message>
    <message>
        <source>Results released</source>
        <translation>Resultats publicats</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Programada</translation>
    </message>
</context>
<context>
    <name>SittingsController</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minut</numerusform>
            <numerusform>%n minuts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students</source>
        <translation>
            <numerusform>%n alumne</numerusform>
            <numerusform>%n alumnes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 started, %3 handed in</source>
        <translation>%1 de %2 han començat, %3 han entregat</translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) are not marked yet. Their results show no verdict until they are.</source>
        <translation>
            <numerusform>%n examen està sense corregir. El seu resultat no diu si està aprovat fins que ho estiga.</numerusform>
            <numerusform>%n exàmens estan sense corregir. Els seus resultats no diuen si estan aprovats fins que ho estiguen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) are with the students.</source>
        <translation>
            <numerusform>%n resultat ja està amb els estudiants.</numerusform>
            <numerusform>%n resultats ja estan amb els estudiants.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) still wait for a mark: see Papers.</source>
        <translation>
            <numerusform>%n examen espera encara una nota: mira en Exàmens.</numerusform>
            <numerusform>%n exàmens esperen encara una nota: mira en Exàmens.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) could not be graded, because the key of the exam has a mistake. Correct it and release again.</source>
        <translation>
            <numerusform>%n examen no es va poder puntuar, perquè la clau de l&apos;examen té un error. Corregix-la i torna a publicar.</numerusform>
            <numerusform>%n exàmens no es van poder puntuar, perquè la clau de l&apos;examen té un error. Corregix-la i torna a publicar.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SittingsPage</name>
    <message>
        <source>Sittings</source>
        <translation>Convocatòries</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Torna-ho a provar</translation>
    </message>
    <message>
        <source>No sittings yet</source>
        <translation>Encara no hi ha convocatòries</translation>
    </message>
    <message>
        <source>Sittings that your academy schedules for your classes appear here.</source>
        <translation>Les convocatòries que l’acadèmia programa per a les teues classes apareixen ací.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Torna a mirar</translation>
    </message>
    <message>
        <source>Release results</source>
        <translation>Publica els resultats</translation>
    </message>
    <message>
        <source>Open the sitting</source>
        <translation>Obri la convocatòria</translation>
    </message>
    <message>
        <source>Watch live</source>
        <translation>Seguix en directe</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>Entregat</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Exàmens</translation>
    </message>
    <message>
        <source>See the monitor</source>
        <translation>Mostra el seguiment</translation>
    </message>
    <message>
        <source>Release the rest</source>
        <translation>Publica la resta</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>S’està carregant</translation>
    </message>
</context>
<context>
    <name>SkillRing</name>
    <message>
        <source>%1 percent, %2</source>
        <translation>%1 per cent, %2</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>Encara no s’ha mesurat res</translation>
    </message>
    <message>
        <source>not yet measured</source>
        <translation>sense mesurar</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>sense canvis</translation>
    </message>
    <message>
        <source>▲ %1 this week</source>
        <translation>▲ %1 esta setmana</translation>
    </message>
    <message>
        <source>▼ %1 this week</source>
        <translation>▼ %1 esta setmana</translation>
    </message>
</context>
<context>
    <name>SourceLink</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>StudyController</name>
    <message>
        <source>%1 · %2</source>
        <comment>pack, level</comment>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s)</source>
        <translation>
            <numerusform>%n targeta</numerusform>
            <numerusform>%n targetes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 exercises done</source>
        <translation>%1 de %2 exercicis fets</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n pregunta</numerusform>
            <numerusform>%n preguntes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minut</numerusform>
            <numerusform>%n minuts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) to review</source>
        <translation>
            <numerusform>%n targeta per a repassar</numerusform>
            <numerusform>%n targetes per a repassar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and up to %n new one(s) today</source>
        <translation>
            <numerusform>i fins a %n de nova hui</numerusform>
            <numerusform>i fins a %n de noves hui</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new card(s) to learn</source>
        <translation>
            <numerusform>%n targeta nova per a aprendre</numerusform>
            <numerusform>%n targetes noves per a aprendre</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is due for review now</source>
        <translation>Ara no toca repassar res</translation>
    </message>
    <message>
        <source>All reviewed for now</source>
        <translation>Tot repassat per ara</translation>
    </message>
    <message>
        <source>Your cards come back when it is time</source>
        <translation>Les targetes tornen quan toca</translation>
    </message>
</context>
<context>
    <name>StudyPage</name>
    <message>
        <source>Study</source>
        <translation>Estudi</translation>
    </message>
    <message>
        <source>Your units could not be opened</source>
        <translation>No s’han pogut obrir les unitats</translation>
    </message>
    <message>
        <source>No units yet</source>
        <translation>Encara no hi ha unitats</translation>
    </message>
    <message>
        <source>Units come with the program or from your academy.</source>
        <translation>Les unitats venen amb el programa o de l’acadèmia.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repàs</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Unitats</translation>
    </message>
    <message>
        <source>Mock exams</source>
        <translation>Simulacres d’examen</translation>
    </message>
</context>
<context>
    <name>TalkBar</name>
    <message>
        <source>Scene: %1. %2</source>
        <translation>Escena: %1. %2</translation>
    </message>
    <message>
        <source>A text of yours</source>
        <translation>Un text teu</translation>
    </message>
    <message>
        <source>A new talk</source>
        <translation>Una conversa nova</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Help me outside the scene</source>
        <translation>Ajuda&apos;m fora de l&apos;escena</translation>
    </message>
    <message>
        <source>End the scene</source>
        <translation>Acabar l&apos;escena</translation>
    </message>
    <message>
        <source>Look back</source>
        <translation>Repassar la conversa</translation>
    </message>
    <message>
        <source>Give this talk another name</source>
        <translation>Donar un altre nom a esta conversa</translation>
    </message>
    <message>
        <source>About this exercise</source>
        <translation>Sobre este exercici</translation>
    </message>
    <message>
        <source>To the exercise</source>
        <translation>A l&apos;exercici</translation>
    </message>
</context>
<context>
    <name>TeachingWords</name>
    <message>
        <source>Choice of words</source>
        <translation>Tria de paraules</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>Ortografia</translation>
    </message>
    <message>
        <source>Word order</source>
        <translation>Orde de les paraules</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>Gènere</translation>
    </message>
    <message>
        <source>Tense</source>
        <translation>Temps verbal</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Concordança</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>Gramàtica</translation>
    </message>
    <message>
        <source>%1: better “%2” than “%3”. %4</source>
        <translation>%1: millor «%2» que «%3». %4</translation>
    </message>
    <message>
        <source>better “%1” than “%2”</source>
        <translation>millor «%1» que «%2»</translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s): %1.</source>
        <translation>
            <numerusform>%n correcció: %1.</numerusform>
            <numerusform>%n correccions: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>How it went: %1</source>
        <translation>Com ha anat: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Not this time</source>
        <translation>Esta vegada no</translation>
    </message>
    <message>
        <source>What stays of this talk</source>
        <translation>El que queda d&apos;esta conversa</translation>
    </message>
    <message>
        <source>Feedback on your text</source>
        <translation>Comentaris sobre el teu text</translation>
    </message>
    <message>
        <source>Nothing that could be shown in your text was said about: %1.</source>
        <translation>No s&apos;ha dit res que es puga mostrar en el teu text sobre: %1.</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Encara no</translation>
    </message>
    <message>
        <source>Mostly</source>
        <translation>En gran part</translation>
    </message>
    <message>
        <source>Fully</source>
        <translation>Del tot</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>En part</translation>
    </message>
    <message>
        <source>Help from a tutor, not an official mark. Your teacher can correct it.</source>
        <translation>Ajuda d&apos;un tutor, no una nota oficial. El teu professor la pot corregir.</translation>
    </message>
    <message>
        <source>Informal</source>
        <translation>Informal</translation>
    </message>
    <message>
        <source>Formal</source>
        <translation>Formal</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutre</translation>
    </message>
    <message>
        <source>It asks for something private. A tutor never needs to know it.</source>
        <translation>Pregunta una cosa privada. Un tutor mai necessita saber-la.</translation>
    </message>
    <message>
        <source>It speaks of a mark or a pass. No tutor can promise one.</source>
        <translation>Parla d&apos;una nota o d&apos;aprovar. Cap tutor pot prometre-ho.</translation>
    </message>
    <message>
        <source>It corrected words that you did not write; that is left out.</source>
        <translation>Ha corregit paraules que no has escrit; això s&apos;ha llevat.</translation>
    </message>
    <message>
        <source>It praises a sentence that has a mistake in it.</source>
        <translation>Elogia una frase que té un error.</translation>
    </message>
    <message>
        <source>It gives the answer away before you had your tries.</source>
        <translation>Dona la resposta abans que hages pogut provar.</translation>
    </message>
    <message>
        <source>It corrects you although mistakes were to wait until the end.</source>
        <translation>Et corregix encara que els errors havien d&apos;esperar al final.</translation>
    </message>
    <message>
        <source>It corrects more at once than you asked for.</source>
        <translation>Corregix d&apos;una vegada més del que has demanat.</translation>
    </message>
    <message>
        <source>Some words are above %1: %2.</source>
        <translation>Algunes paraules superen el nivell %1: %2.</translation>
    </message>
    <message>
        <source>Its sentences are long for %1.</source>
        <translation>Les seues frases són llargues per a %1.</translation>
    </message>
    <message>
        <source>It is longer than a reply for %1 should be.</source>
        <translation>És més llarga del que convé en %1.</translation>
    </message>
</context>
<context>
    <name>TimeText</name>
    <message>
        <source>Yesterday</source>
        <translation>Ahir</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hui</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Demà</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <extracomment>A day of this year, then a day of another year. Qt&apos;s letters: ddd and MMM are short names.</extracomment>
        <translation>ddd d MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d MMMM &apos;de&apos; yyyy</translation>
    </message>
</context>
<context>
    <name>TimerLabel</name>
    <message>
        <source>Time left</source>
        <translation>Temps que queda</translation>
    </message>
</context>
<context>
    <name>ToastLayer</name>
    <message>
        <source>Put away</source>
        <translation>Amaga</translation>
    </message>
</context>
<context>
    <name>TrueFalseInput</name>
    <message>
        <source>T</source>
        <comment>short for true</comment>
        <translation>V</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Verdader</translation>
    </message>
    <message>
        <source>F</source>
        <comment>short for false</comment>
        <translation>F</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Fals</translation>
    </message>
</context>
<context>
    <name>TrustDialog</name>
    <message>
        <source>Compare six words</source>
        <translation>Compara sis paraules</translation>
    </message>
    <message>
        <source>%1 vouches for itself, as academies in a classroom do. The teacher&apos;s screen shows the same six words:</source>
        <translation>%1 respon de si mateixa, com fan les acadèmies d&apos;una aula. La pantalla del professor mostra les mateixes sis paraules:</translation>
    </message>
    <message>
        <source>Trust this academy</source>
        <translation>Confiar en esta acadèmia</translation>
    </message>
    <message>
        <source>The six words</source>
        <translation>Les sis paraules</translation>
    </message>
    <message>
        <source>If they differ, cancel and tell your teacher: somebody could be listening in between.</source>
        <translation>Si no coincidixen, cancel·la i avisa el teu professor: algú podria estar escoltant pel camí.</translation>
    </message>
</context>
<context>
    <name>TutorCard</name>
    <message>
        <source>Tutor</source>
        <translation>Tutor</translation>
    </message>
    <message>
        <source>The first one that can answers. When it cannot, the next one does, and the reply says so.</source>
        <translation>Respon el primer que pot. Si no pot, respon el següent, i la resposta ho diu.</translation>
    </message>
    <message>
        <source>Servers on this computer</source>
        <translation>Servidors en este ordinador</translation>
    </message>
    <message>
        <source>Looking for Ollama, llama.cpp and LM Studio</source>
        <translation>S&apos;estan buscant Ollama, llama.cpp i LM Studio</translation>
    </message>
    <message>
        <source>Ollama, llama.cpp and LM Studio are found by themselves when they run.</source>
        <translation>Ollama, llama.cpp i LM Studio es troben sols quan estan en marxa.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Torna a mirar</translation>
    </message>
    <message>
        <source>Most in a day</source>
        <translation>Màxim al dia</translation>
    </message>
    <message>
        <source>Tokens; a page of talk is about a thousand. Notes and servers on this computer are free.</source>
        <translation>Tokens; una pàgina de conversa són uns mil. Els apunts i els servidors d&apos;este ordinador no compten.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sense límit</translation>
    </message>
    <message>
        <source>20 000</source>
        <translation>20 000</translation>
    </message>
    <message>
        <source>50 000</source>
        <translation>50 000</translation>
    </message>
    <message>
        <source>200 000</source>
        <translation>200 000</translation>
    </message>
    <message>
        <source>What was used</source>
        <translation>El que s&apos;ha usat</translation>
    </message>
    <message>
        <source>Most money in a day</source>
        <translation>El màxim en diners al dia</translation>
    </message>
    <message>
        <source>In dollars, at the prices of the providers. The academy keeps a limit of its own.</source>
        <translation>En dòlars, als preus dels proveïdors. L&apos;acadèmia té el seu propi límit.</translation>
    </message>
    <message>
        <source>$0.25</source>
        <translation>0,25 $</translation>
    </message>
    <message>
        <source>$1</source>
        <translation>1 $</translation>
    </message>
    <message>
        <source>$5</source>
        <translation>5 $</translation>
    </message>
    <message>
        <source>Reading aloud</source>
        <translation>Lectura en veu alta</translation>
    </message>
    <message>
        <source>Pace of reading aloud</source>
        <translation>Ritme de la lectura en veu alta</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>Read new replies by themselves</source>
        <translation>Llegir les respostes noves per si soles</translation>
    </message>
    <message>
        <source>Sentence by sentence, while the tutor still writes.</source>
        <translation>Frase a frase, mentre el tutor encara escriu.</translation>
    </message>
</context>
<context>
    <name>TutorChoice</name>
    <message>
        <source>Ask %1 earlier</source>
        <translation>Pregunta abans a %1</translation>
    </message>
    <message>
        <source>Ask %1 later</source>
        <translation>Pregunta després a %1</translation>
    </message>
    <message>
        <source>Ask %1</source>
        <translation>Pregunta a %1</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adreça</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Model of %1</source>
        <translation>Model de %1</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Cap encara</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clau</translation>
    </message>
    <message>
        <source>A key is kept</source>
        <translation>Hi ha una clau guardada</translation>
    </message>
    <message>
        <source>Kept in this computer&apos;s keychain, never in a file and never at the academy.</source>
        <translation>Es guarda en el clauer d’este ordinador, mai en un fitxer ni en l’acadèmia.</translation>
    </message>
    <message>
        <source>This computer has no keychain: the key is forgotten when Neolingus closes.</source>
        <translation>Este ordinador no té clauer: la clau s’oblida quan es tanca Neolingus.</translation>
    </message>
    <message>
        <source>Try and keep</source>
        <translation>Prova i guarda</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Lleva</translation>
    </message>
    <message>
        <source>As the server calls it. A key that works brings the list.</source>
        <translation>Com l&apos;anomena el servidor. Una clau que funciona porta la llista.</translation>
    </message>
</context>
<context>
    <name>TutorController</name>
    <message>
        <source>Waiting for its turn</source>
        <translation>Esperant el torn</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>S’està connectant</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Pensant</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escrivint</translation>
    </message>
    <message>
        <source>You stopped this reply</source>
        <translation>Has parat esta resposta</translation>
    </message>
    <message>
        <source>The reply was interrupted; what arrived is kept</source>
        <translation>La resposta s’ha interromput; el que ha arribat es guarda</translation>
    </message>
    <message>
        <source>No reply</source>
        <translation>Sense resposta</translation>
    </message>
    <message>
        <source>Waiting: number %1 in the queue</source>
        <translation>Esperant: número %1 en la cua</translation>
    </message>
    <message numerus="yes">
        <source>The next message can go in %n second(s).</source>
        <translation>
            <numerusform>El missatge següent es pot enviar d’ací a %n segon.</numerusform>
            <numerusform>El missatge següent es pot enviar d’ací a %n segons.</numerusform>
        </translation>
    </message>
    <message>
        <source>Notes tutor</source>
        <translation>Tutor d’apunts</translation>
    </message>
    <message>
        <source>The conversation was deleted.</source>
        <translation>S&apos;ha esborrat la conversa.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfés</translation>
    </message>
    <message>
        <source>There is no other tutor. Add one in the settings.</source>
        <translation>No hi ha un altre tutor. Afig-ne un en la configuració.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n second(s)</source>
        <translation>
            <numerusform>Un altre intent en %n segon</numerusform>
            <numerusform>Un altre intent en %n segons</numerusform>
        </translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>Es torna a provar</translation>
    </message>
    <message>
        <source>%1 could not answer, so another tutor did.</source>
        <translation>%1 no ha pogut respondre; ho ha fet un altre tutor.</translation>
    </message>
    <message>
        <source>first word after %1 s</source>
        <translation>primera paraula als %1 s</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 tokens</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>uns %1</translation>
    </message>
    <message>
        <source>$%1</source>
        <translation>%1 $</translation>
    </message>
    <message>
        <source>A tutor is only a program. If things are bad, talk to somebody you trust, or call 112.</source>
        <translation>Un tutor és només un programa. Si ho estàs passant mal, parla amb algú de confiança o telefona al 112.</translation>
    </message>
    <message>
        <source>This looks like something private. A tutor never needs to know it.</source>
        <translation>Açò sembla una cosa privada. Un tutor mai necessita saber-la.</translation>
    </message>
    <message>
        <source>Please leave your role for a moment and help me.</source>
        <translation>Deixa el teu paper un moment i ajuda&apos;m, per favor.</translation>
    </message>
    <message>
        <source>“%1” is among your cards now.</source>
        <translation>«%1» ja està entre les teues targetes.</translation>
    </message>
    <message>
        <source>Cut at its longest length. “Continue” brings the rest.</source>
        <translation>Tallada en arribar a la longitud màxima. «Continua» porta la resta.</translation>
    </message>
    <message>
        <source>The provider&apos;s safety filter ended this reply. Ask in other words, or go on with your lesson.</source>
        <translation>El filtre de seguretat del proveïdor ha acabat esta resposta. Pregunta amb altres paraules o continua amb la lliçó.</translation>
    </message>
    <message>
        <source>The talk has become too long for this model, so the reply stops here. Start a new talk.</source>
        <translation>La conversa s&apos;ha fet massa llarga per a este model, per això la resposta acaba ací. Comença&apos;n una altra.</translation>
    </message>
    <message>
        <source>The model wanted to use a tool, which tutors here may not. Ask for another reply.</source>
        <translation>El model volia usar una eina, i ací els tutors no poden. Demana una altra resposta.</translation>
    </message>
    <message>
        <source>The provider paused this reply before its end. Ask for another reply.</source>
        <translation>El proveïdor ha parat esta resposta abans d&apos;acabar. Demana una altra resposta.</translation>
    </message>
    <message>
        <source>Thank you. Your teachers will see this reply and why you reported it.</source>
        <translation>Gràcies. Els teus professors veuran esta resposta i per què has avisat.</translation>
    </message>
</context>
<context>
    <name>TutorPage</name>
    <message>
        <source>Tutor</source>
        <translation>Tutor</translation>
    </message>
    <message>
        <source>Answers from your course&apos;s notes, on this computer</source>
        <translation>Respostes dels apunts del curs, en este ordinador</translation>
    </message>
    <message>
        <source>Answers by %1</source>
        <translation>Respostes de %1</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nova conversa</translation>
    </message>
    <message>
        <source>Find a conversation</source>
        <translation>Busca una conversa</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Converses</translation>
    </message>
    <message>
        <source>Ask about your course</source>
        <translation>Pregunta sobre el curs</translation>
    </message>
    <message>
        <source>The notes tutor answers from the notes, words and exercises on this computer, and says where it found them.</source>
        <translation>El tutor d’apunts respon amb els apunts, les paraules i els exercicis d’este ordinador, i diu on ho ha trobat.</translation>
    </message>
    <message>
        <source>Write in the language you learn. Your words are kept on this computer.</source>
        <translation>Escriu en la llengua que aprens. Les teues paraules es guarden en este ordinador.</translation>
    </message>
    <message>
        <source>When do I use the present perfect?</source>
        <translation>Quan s’usa el present perfect?</translation>
    </message>
    <message>
        <source>Explain a phrasal verb</source>
        <translation>Explica’m un phrasal verb</translation>
    </message>
    <message>
        <source>Give me a short exercise</source>
        <translation>Dona’m un exercici curt</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter makes a new line. A tutor can be wrong.</source>
        <translation>Intro envia, Maj+Intro fa una línia nova. Un tutor es pot equivocar.</translation>
    </message>
    <message>
        <source>Use a model of your own</source>
        <translation>Usa un model propi</translation>
    </message>
    <message>
        <source>Change the tutor</source>
        <translation>Canvia el tutor</translation>
    </message>
    <message>
        <source>Delete this conversation</source>
        <translation>Esborra esta conversa</translation>
    </message>
    <message>
        <source>Nothing was said about “%1”.</source>
        <translation>No s&apos;ha parlat de «%1».</translation>
    </message>
    <message>
        <source>Lesson notes</source>
        <translation>Notes de classe</translation>
    </message>
    <message>
        <source>You begin</source>
        <translation>Comences tu</translation>
    </message>
    <message>
        <source>Your text, please</source>
        <translation>El teu text, per favor</translation>
    </message>
    <message>
        <source>Say hello, and then what you want. The tutor stays in the role until you ask for help or end the scene.</source>
        <translation>Saluda i digues què vols. El tutor continua en el seu paper fins que demanes ajuda o acabes l&apos;escena.</translation>
    </message>
    <message>
        <source>Write or paste it below. You get help with it, never a mark.</source>
        <translation>Escriu-lo o apega&apos;l avall. Reps ajuda, mai una nota.</translation>
    </message>
    <message>
        <source>Play a scene</source>
        <translation>Representar una escena</translation>
    </message>
    <message>
        <source>Have a text looked at</source>
        <translation>Demanar que miren un text</translation>
    </message>
    <message>
        <source>Your level</source>
        <translation>El teu nivell</translation>
    </message>
    <message>
        <source>What is not clear yet?</source>
        <translation>Què no està clar encara?</translation>
    </message>
    <message>
        <source>Where are you stuck?</source>
        <translation>On t&apos;has encallat?</translation>
    </message>
    <message>
        <source>Ask why the answer is what it is, or for another example.</source>
        <translation>Pregunta per què la resposta és eixa, o demana un altre exemple.</translation>
    </message>
    <message>
        <source>Say what you have tried, or ask for a hint. The answer comes last.</source>
        <translation>Digues què has provat o demana una pista. La resposta ve al final.</translation>
    </message>
    <message>
        <source>Explain the answer</source>
        <translation>Explicar la resposta</translation>
    </message>
    <message>
        <source>A hint, please</source>
        <translation>Una pista, per favor</translation>
    </message>
    <message>
        <source>The tutor is off while you sit an exam. It is back when you have handed in.</source>
        <translation>El tutor està apagat mentre fas un examen. Torna quan l&apos;hages entregat.</translation>
    </message>
    <message>
        <source>Which past tense do I use when?</source>
        <translation>Quin passat use en cada cas?</translation>
    </message>
    <message>
        <source>Explain an idiom to me</source>
        <translation>Explica'm una frase feta</translation>
    </message>
    <message>
        <source>Language of the talk</source>
        <translation>Idioma de la conversa</translation>
    </message>
</context>
<context>
    <name>TutorPreferences</name>
    <message>
        <source>Notes tutor</source>
        <translation>Tutor d’apunts</translation>
    </message>
    <message>
        <source>your academy</source>
        <translation>la teua acadèmia</translation>
    </message>
    <message>
        <source>Trying the key</source>
        <translation>S&apos;està provant la clau</translation>
    </message>
    <message>
        <source>This key was refused, so it was not kept. Copy it again from the provider&apos;s page.</source>
        <translation>Esta clau s&apos;ha rebutjat i no s&apos;ha guardat. Copia-la una altra vegada de la pàgina del proveïdor.</translation>
    </message>
    <message>
        <source>This key works.</source>
        <translation>Esta clau funciona.</translation>
    </message>
    <message>
        <source>The key is kept but could not be tried. %1</source>
        <translation>La clau està guardada, però no s&apos;ha pogut provar. %1</translation>
    </message>
    <message numerus="yes">
        <source>Running here, with %n model(s).</source>
        <translation>
            <numerusform>En marxa ací, amb %n model.</numerusform>
            <numerusform>En marxa ací, amb %n models.</numerusform>
        </translation>
    </message>
    <message>
        <source>Running here; it asks for a key.</source>
        <translation>En marxa ací; demana una clau.</translation>
    </message>
    <message>
        <source>Nothing was used yet.</source>
        <translation>Encara no s&apos;ha usat res.</translation>
    </message>
    <message>
        <source>%1 tokens in two weeks, about $%2.</source>
        <translation>%1 tokens en dos setmanes, uns %2 $.</translation>
    </message>
    <message>
        <source>Your course&apos;s own notes. No network, no key, nothing leaves this computer.</source>
        <translation>Els apunts del teu curs. Sense xarxa, sense clau; res no ix d&apos;este ordinador.</translation>
    </message>
    <message>
        <source>Your academy</source>
        <translation>La teua acadèmia</translation>
    </message>
    <message>
        <source>The academy asks a model for you and pays for it.</source>
        <translation>L&apos;acadèmia pregunta a un model per tu i ho paga.</translation>
    </message>
    <message>
        <source>Sign in to use your academy&apos;s tutor.</source>
        <translation>Inicia la sessió per a usar el tutor de la teua acadèmia.</translation>
    </message>
    <message>
        <source>A model on this computer. What you write stays here.</source>
        <translation>Un model en este ordinador. El que escrius es queda ací.</translation>
    </message>
    <message>
        <source>What you write to the tutor is sent to %1 with your own key.</source>
        <translation>El que escrius al tutor s&apos;envia a %1 amb la teua clau.</translation>
    </message>
    <message>
        <source>Needs a key of your own. What you write is sent to %1.</source>
        <translation>Necessita una clau teua. El que escrius s&apos;envia a %1.</translation>
    </message>
    <message>
        <source>The address has to begin with https://, so that nobody on the way can read your key.</source>
        <translation>L&apos;adreça ha de començar per https://, perquè ningú pel camí puga llegir la teua clau.</translation>
    </message>
    <message>
        <source>Give the address first, then the key.</source>
        <translation>Dona primer l&apos;adreça i després la clau.</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Un altre servidor</translation>
    </message>
    <message>
        <source>Any server that speaks like OpenAI&apos;s, with its address and a key of your own.</source>
        <translation>Qualsevol servidor que parle com el d&apos;OpenAI, amb la seua adreça i una clau teua.</translation>
    </message>
    <message>
        <source>Measured on %1: %2 of %3 replies were at the learner's level.</source>
        <translation>Mesurat el %1: %2 de %3 respostes eren al nivell de l'alumne.</translation>
    </message>
</context>
<context>
    <name>UnitCard</name>
    <message>
        <source>Exercises done</source>
        <translation>Exercicis fets</translation>
    </message>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n pendent</numerusform>
            <numerusform>%n pendents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n nova</numerusform>
            <numerusform>%n noves</numerusform>
        </translation>
    </message>
    <message>
        <source>Read the notes</source>
        <translation>Llig els apunts</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repàs</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>Practica</translation>
    </message>
</context>
<context>
    <name>UsageBars</name>
    <message>
        <source>%1: nothing</source>
        <translation>%1: res</translation>
    </message>
    <message>
        <source>%1: %2 tokens</source>
        <translation>%1: %2 tokens</translation>
    </message>
    <message>
        <source>Two weeks ago</source>
        <translation>Fa dos setmanes</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hui</translation>
    </message>
    <message>
        <source>%1: %2 tokens, $%3</source>
        <translation>%1: %2 tokens, %3 $</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>Benvinguda</translation>
    </message>
    <message>
        <source>Your language academy</source>
        <translation>La teua acadèmia d’idiomes</translation>
    </message>
    <message>
        <source>Study offline, talk to a tutor and sit live exams in which nothing you write is ever lost.</source>
        <translation>Estudia sense connexió, parla amb un tutor i fes exàmens en directe en què no es perd mai res del que escrius.</translation>
    </message>
    <message>
        <source>Study now</source>
        <translation>Estudia ara</translation>
    </message>
    <message>
        <source>No account, no network. A first unit is ready for you.</source>
        <translation>Sense compte ni xarxa. Tens una primera unitat a punt.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entra</translation>
    </message>
    <message>
        <source>Your academy&apos;s courses, exams and your progress, on every computer you use.</source>
        <translation>Els cursos i exàmens de l’acadèmia i el teu progrés, en tots els ordinadors que uses.</translation>
    </message>
    <message>
        <source>Try the demo academy</source>
        <translation>Prova l’acadèmia de demostració</translation>
    </message>
    <message>
        <source>Look around as a student or as a teacher, with an exam to sit and to watch.</source>
        <translation>Mira-la com a alumne o com a professor, amb un examen per a fer i per a seguir.</translation>
    </message>
    <message>
        <source>Language of the program</source>
        <translation>Idioma del programa</translation>
    </message>
</context>
<context>
    <name>WritingPage</name>
    <message>
        <source>Your text</source>
        <translation>El teu text</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tornar</translation>
    </message>
    <message>
        <source>Your teacher says</source>
        <translation>El teu professor diu</translation>
    </message>
</context>
<context>
    <name>WritingsController</name>
    <message>
        <source>Copy at least one quote from the text that shows it.</source>
        <translation>Copia del text almenys una cita que ho mostre.</translation>
    </message>
    <message>
        <source>“%1” is not in the text.</source>
        <translation>«%1» no està en el text.</translation>
    </message>
    <message>
        <source>Say what is good, or what the next step is.</source>
        <translation>Digues què està bé o quin és el pas següent.</translation>
    </message>
    <message>
        <source>Your text is on its way to your teacher.</source>
        <translation>El teu text va de camí al teu professor.</translation>
    </message>
    <message>
        <source>Something is missing above.</source>
        <translation>Falta alguna cosa més amunt.</translation>
    </message>
    <message>
        <source>Say something of at least one criterion.</source>
        <translation>Digues alguna cosa d&apos;almenys un criteri.</translation>
    </message>
    <message>
        <source>The student sees your correction now.</source>
        <translation>L&apos;estudiant ja veu la teua correcció.</translation>
    </message>
    <message>
        <source>What the tutor said</source>
        <translation>El que va dir el tutor</translation>
    </message>
    <message>
        <source>Corrected by your teacher</source>
        <translation>Corregit pel teu professor</translation>
    </message>
    <message>
        <source>Corrected by %1</source>
        <translation>Corregit per %1</translation>
    </message>
    <message>
        <source>%1. Help, not an official mark.</source>
        <translation>%1. Ajuda, no una nota oficial.</translation>
    </message>
    <message>
        <source>Waits on this computer until the academy can be reached</source>
        <translation>Espera en este ordinador fins que es puga arribar a l&apos;acadèmia</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corregit</translation>
    </message>
    <message>
        <source>Only the tutor has looked at it</source>
        <translation>Només l&apos;ha mirat el tutor</translation>
    </message>
    <message>
        <source>With your teacher</source>
        <translation>El té el teu professor</translation>
    </message>
    <message>
        <source>Your academy did not take it. It is kept on this computer: show it to your teacher.</source>
        <translation>La teua acadèmia no ho ha acceptat. Està guardat en este ordinador: ensenya-ho al teu professor o professora.</translation>
    </message>
</context>
<context>
    <name>WritingsPage</name>
    <message>
        <source>Texts</source>
        <translation>Textos</translation>
    </message>
    <message>
        <source>What your students wrote, and what the tutor said of it</source>
        <translation>El que han escrit els teus estudiants i el que va dir el tutor</translation>
    </message>
    <message>
        <source>What you wrote, with help from the tutor and from your teacher</source>
        <translation>El que has escrit, amb ajuda del tutor i del teu professor</translation>
    </message>
    <message>
        <source>New text</source>
        <translation>Text nou</translation>
    </message>
    <message>
        <source>What was the text to be?</source>
        <translation>Quin text calia escriure?</translation>
    </message>
    <message>
        <source>The task, in a few words. The tutor looks at your text with it in mind.</source>
        <translation>La tasca, en poques paraules. El tutor mira el teu text pensant en ella.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>The task</source>
        <translation>La tasca</translation>
    </message>
    <message>
        <source>An e-mail to a friend about my holidays, 120 words</source>
        <translation>Un correu a un amic sobre les meues vacances, 120 paraules</translation>
    </message>
    <message>
        <source>The academy cannot be reached</source>
        <translation>No es pot arribar a l&apos;acadèmia</translation>
    </message>
    <message>
        <source>Your students&apos; texts are shown as soon as it can.</source>
        <translation>Els textos dels teus estudiants es mostren de seguida que es puga.</translation>
    </message>
    <message>
        <source>What you send waits on this computer and goes by itself. Corrections are shown as soon as it can be reached.</source>
        <translation>El que envies espera en este ordinador i ix a soles. Les correccions es mostren de seguida que s&apos;hi puga arribar.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tornar-ho a provar</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>No texts yet</source>
        <translation>Encara no hi ha textos</translation>
    </message>
    <message>
        <source>You have sent no text yet</source>
        <translation>Encara no has enviat cap text</translation>
    </message>
    <message>
        <source>Texts go to a teacher</source>
        <translation>Els textos van a un professor</translation>
    </message>
    <message>
        <source>Texts that your students send you appear here, with what the tutor said of them.</source>
        <translation>Ací apareixen els textos que t&apos;envien els teus estudiants, amb el que va dir el tutor.</translation>
    </message>
    <message>
        <source>Write one, have the tutor look at it, and send it to your teacher if you like. You get help, never a mark.</source>
        <translation>Escriu-ne un, deixa que el tutor el mire i envia&apos;l al teu professor si vols. Reps ajuda, mai una nota.</translation>
    </message>
    <message>
        <source>The tutor looks at your text here as well. To send it to a teacher, sign in at your academy.</source>
        <translation>El tutor també mira ací el teu text. Per a enviar-lo a un professor, inicia sessió en la teua acadèmia.</translation>
    </message>
    <message>
        <source>Replies of the tutor that students reported</source>
        <translation>Respostes del tutor de les quals han avisat els teus estudiants</translation>
    </message>
    <message>
        <source>Show more (%1)</source>
        <translation>Mostra'n més (%1)</translation>
    </message>
    <message>
        <source>The tutor looks at your text here as well. When a teacher has you in a class, you can send it to them.</source>
        <translation>El tutor també mira ací el teu text. Quan un professor et tinga en una classe, li'l podràs enviar.</translation>
    </message>
</context>
<context>
    <name>ResultWords</name>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 de %2 punts</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>being marked</source>
        <translation>s’està corregint</translation>
    </message>
    <message>
        <source>Your teacher is still marking a part.</source>
        <translation>El professorat encara corregix una part.</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Aprovat</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>No aprovat</translation>
    </message>
</context>
<context>
    <name>ConnectionQuality</name>
    <message>
        <source>Good</source>
        <translation>Bona</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lenta</translation>
    </message>
    <message>
        <source>Unsteady</source>
        <translation>Inestable</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Sense connexió</translation>
    </message>
    <message>
        <source>The connection is good.</source>
        <translation>La connexió és bona.</translation>
    </message>
    <message>
        <source>The connection is slow: what others do appears here a little later.</source>
        <translation>La connexió és lenta: el que fan els altres apareix ací un poc més tard.</translation>
    </message>
    <message>
        <source>The connection is unsteady: it breaks or falls silent now and then. What you do is kept here and sent when it holds.</source>
        <translation>La connexió és inestable: es talla o es queda muda de tant en tant. El que fas es guarda ací i s’envia quan aguanta.</translation>
    </message>
    <message>
        <source>There is no connection. What you do is kept here and sent later.</source>
        <translation>No hi ha connexió. El que fas es guarda ací i s’envia més tard.</translation>
    </message>
</context>
</TS>

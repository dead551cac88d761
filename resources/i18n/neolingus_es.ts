<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>AccentBar</name>
    <message>
        <source>Letters with accents</source>
        <translation>Letras con acento</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>Escribir %1</translation>
    </message>
</context>
<context>
    <name>AccountButton</name>
    <message>
        <source>Account of %1</source>
        <translation>Cuenta de %1</translation>
    </message>
    <message>
        <source>Account: nobody is signed in</source>
        <translation>Cuenta: sin sesión iniciada</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Invitado</translation>
    </message>
    <message>
        <source>Everything stays on this computer</source>
        <translation>Todo se queda en este ordenador</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Sign in to an academy</source>
        <translation>Entrar en una academia</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Back to the welcome page</source>
        <translation>Volver a la bienvenida</translation>
    </message>
</context>
<context>
    <name>AccountController</name>
    <message>
        <source>This is not an address. It looks like https://academy.example.</source>
        <translation>Esto no es una dirección. Debe parecerse a https://academia.example.</translation>
    </message>
    <message>
        <source>Enter your e-mail address.</source>
        <translation>Escribe tu correo electrónico.</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>Escribe tu contraseña.</translation>
    </message>
    <message>
        <source>The academy cannot be reached. Check the address and your network, then try again.</source>
        <translation>No se puede llegar a la academia. Comprueba la dirección y la red y vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>Enter the academy&apos;s public key; it stands beside its address.</source>
        <translation>Escribe la clave pública de la academia; está junto a su dirección.</translation>
    </message>
    <message>
        <source>Enter the six digits.</source>
        <translation>Escribe las seis cifras.</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Has iniciado sesión</translation>
    </message>
    <message>
        <source>You can close this page and go back to Neolingus.</source>
        <translation>Puedes cerrar esta página y volver a Neolingus.</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>No ha funcionado</translation>
    </message>
    <message>
        <source>Go back to Neolingus; it says what happened.</source>
        <translation>Vuelve a Neolingus; allí verás qué ha pasado.</translation>
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
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Ir a</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>Hacer</translation>
    </message>
    <message>
        <source>Review what is due</source>
        <translation>Repasar lo pendiente</translation>
    </message>
    <message>
        <source>Ask the tutor something new</source>
        <translation>Preguntar algo nuevo al tutor</translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation>Comprobar la conexión</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Light appearance</source>
        <translation>Aspecto claro</translation>
    </message>
    <message>
        <source>Dark appearance</source>
        <translation>Aspecto oscuro</translation>
    </message>
    <message>
        <source>Normal contrast</source>
        <translation>Contraste normal</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste alto</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texto más grande</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto más pequeño</translation>
    </message>
    <message>
        <source>Show the names in the side bar</source>
        <translation>Mostrar los nombres en la barra lateral</translation>
    </message>
    <message>
        <source>Hide the names in the side bar</source>
        <translation>Ocultar los nombres en la barra lateral</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
</context>
<context>
    <name>AppContext</name>
    <message>
        <source>The unit is on your shelf now.</source>
        <translation>La unidad ya está en tu estante.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>The file with your data was damaged. It is kept at %1. What could be read was carried over; %n change(s) that your academy did not have yet could not be read: please tell your teacher.</source>
        <translation>
            <numerusform>El archivo con tus datos estaba dañado. Se guarda en %1. Se ha recuperado lo que se pudo leer; %n cambio que tu academia aún no tenía no se pudo leer: díselo a tu profesor.</numerusform>
            <numerusform>El archivo con tus datos estaba dañado. Se guarda en %1. Se ha recuperado lo que se pudo leer; %n cambios que tu academia aún no tenía no se pudieron leer: díselo a tu profesor.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your settings could not be read and start afresh.</source>
        <translation>No se pudieron leer tus ajustes y empiezan de nuevo.</translation>
    </message>
    <message>
        <source>The file with your data was damaged. It is kept at %1; what could be read was carried over.</source>
        <translation>El archivo con tus datos estaba dañado. Se guarda en %1; se ha recuperado lo que se pudo leer.</translation>
    </message>
    <message>
        <source>The disk is full. Your answers still fit on a reserve; free some space now.</source>
        <translation>El disco está lleno. Tus respuestas aún caben en una reserva; libera espacio ahora.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) you studied before signing in are yours here too.</source>
        <translation>
            <numerusform>%n cosa que estudiaste antes de entrar también es tuya aquí.</numerusform>
            <numerusform>%n cosas que estudiaste antes de entrar también son tuyas aquí.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your academy did not accept something you did. It is kept on this computer. %1</source>
        <translation>Tu academia no ha aceptado algo que hiciste. Queda guardado en este ordenador. %1</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ver</translation>
    </message>
</context>
<context>
    <name>AppDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>BandsForm</name>
    <message>
        <source>Words on %1</source>
        <translation>Palabras sobre %1</translation>
    </message>
    <message>
        <source>What you saw, in a few words</source>
        <translation>Lo que has visto, en pocas palabras</translation>
    </message>
    <message>
        <source>Keep the mark</source>
        <translation>Guardar la nota</translation>
    </message>
    <message>
        <source>A note for the teachers of this class</source>
        <translation>Una nota para el profesorado de esta clase</translation>
    </message>
    <message>
        <source>A comment for the student</source>
        <translation>Un comentario para el estudiante</translation>
    </message>
    <message>
        <source>When the results are out, the student reads it together with the bands and your words on them.</source>
        <translation>Cuando se publiquen los resultados, el estudiante lo leerá junto con las bandas y tus palabras sobre ellas.</translation>
    </message>
    <message>
        <source>The student never sees it.</source>
        <translation>El estudiante no la ve nunca.</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>Descartar los cambios</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Hide the details</source>
        <translation>Ocultar los detalles</translation>
    </message>
    <message>
        <source>Show the details</source>
        <translation>Mostrar los detalles</translation>
    </message>
</context>
<context>
    <name>BranchSwitch</name>
    <message>
        <source>The one before</source>
        <translation>El anterior</translation>
    </message>
    <message>
        <source>The one after</source>
        <translation>El siguiente</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Messages</source>
        <translation>Mensajes</translation>
    </message>
    <message>
        <source>To the newest words</source>
        <translation>A lo más nuevo</translation>
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
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>What the students should read</source>
        <translation>Lo que deben leer los estudiantes</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minutos</translation>
    </message>
    <message>
        <source>Looking whom this reaches …</source>
        <translation>Viendo a quién afecta…</translation>
    </message>
    <message>
        <source>Not for: %1</source>
        <translation>No para: %1</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Kept with your name in the record of this sitting.</source>
        <translation>Queda con tu nombre en el registro de esta convocatoria.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Your message</source>
        <translation>Tu mensaje</translation>
    </message>
    <message>
        <source>Write to your tutor</source>
        <translation>Escribe a tu tutor</translation>
    </message>
    <message>
        <source>Stop the reply</source>
        <translation>Detener la respuesta</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
</context>
<context>
    <name>ConnectionStatus</name>
    <message>
        <source>On this computer</source>
        <translation>En este ordenador</translation>
    </message>
    <message>
        <source>Nobody is signed in: everything stays on this computer.</source>
        <translation>Sin sesión iniciada: todo se queda en este ordenador.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Conectando</translation>
    </message>
    <message>
        <source>Looking for the academy.</source>
        <translation>Buscando la academia.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En directo</translation>
    </message>
    <message>
        <source>Connected. The academy has everything you did.</source>
        <translation>Conectado. La academia tiene todo lo que has hecho.</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>Poniéndose al día</translation>
    </message>
    <message>
        <source>What changed at the academy is still being read.</source>
        <translation>Todavía se está leyendo lo que cambió en la academia.</translation>
    </message>
    <message numerus="yes">
        <source>Catching up (%n)</source>
        <translation>
            <numerusform>Poniéndose al día (%n)</numerusform>
            <numerusform>Poniéndose al día (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of this computer on the way to the academy.</source>
        <translation>
            <numerusform>%n cambio de este ordenador de camino a la academia.</numerusform>
            <numerusform>%n cambios de este ordenador de camino a la academia.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline (%n kept)</source>
        <translation>
            <numerusform>Sin conexión (%n guardado)</numerusform>
            <numerusform>Sin conexión (%n guardados)</numerusform>
        </translation>
    </message>
    <message>
        <source>No connection. Go on: everything is kept here and sent later.</source>
        <translation>Sin conexión. Sigue: todo se guarda aquí y se envía después.</translation>
    </message>
    <message>
        <source>Another certificate</source>
        <translation>Otro certificado</translation>
    </message>
    <message>
        <source>The academy shows another certificate than the one you trusted. Nothing is sent, everything is kept here. Ask your teacher, then sign in again to compare the six words.</source>
        <translation>La academia muestra un certificado distinto del que aceptaste. No se envía nada; todo se guarda aquí. Pregunta a tu profesor y vuelve a iniciar sesión para comparar las seis palabras.</translation>
    </message>
    <message>
        <source>Needs sign-in</source>
        <translation>Inicia sesión</translation>
    </message>
    <message numerus="yes">
        <source>Sign in again to send %n kept change(s).</source>
        <translation>
            <numerusform>Inicia sesión de nuevo para enviar %n cambio guardado.</numerusform>
            <numerusform>Inicia sesión de nuevo para enviar %n cambios guardados.</numerusform>
        </translation>
    </message>
    <message>
        <source>The academy asks you to sign in again.</source>
        <translation>La academia te pide que inicies sesión de nuevo.</translation>
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
        <translation>Vuelve a salir en tus repasos.</translation>
    </message>
    <message>
        <source>Not among your cards.</source>
        <translation>No está entre tus tarjetas.</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Quitarla</translation>
    </message>
    <message>
        <source>Make a card of it</source>
        <translation>Hacer una tarjeta</translation>
    </message>
</context>
<context>
    <name>DemoDialog</name>
    <message>
        <source>The demo academy</source>
        <translation>La academia de prueba</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Running at %1</source>
        <translation>En marcha en %1</translation>
    </message>
    <message>
        <source>Looking for it at %1</source>
        <translation>Buscándola en %1</translation>
    </message>
    <message>
        <source>Not running at %1</source>
        <translation>No está en marcha en %1</translation>
    </message>
    <message>
        <source>Everything in it is invented and stays on this computer. Open the program twice to be teacher and student at the same time.</source>
        <translation>Todo en ella es inventado y se queda en este ordenador. Abre el programa dos veces para ser profesor y estudiante a la vez.</translation>
    </message>
    <message>
        <source>Start it in a terminal. This page notices by itself when it is there.</source>
        <translation>Arráncala en una terminal. Esta página se da cuenta sola cuando esté en marcha.</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copiar la orden</translation>
    </message>
    <message>
        <source>Enter as a student</source>
        <translation>Entrar como estudiante</translation>
    </message>
    <message>
        <source>Enter as a teacher</source>
        <translation>Entrar como profesor</translation>
    </message>
</context>
<context>
    <name>DiagnosticsController</name>
    <message>
        <source>Sign-in</source>
        <translation>Inicio de sesión</translation>
    </message>
    <message>
        <source>The academy&apos;s sign-in does not answer. Check the address in the settings and the network.</source>
        <translation>El inicio de sesión de la academia no responde. Comprueba la dirección en los ajustes y la red.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Datos</translation>
    </message>
    <message>
        <source>The academy&apos;s data does not answer. What you do is kept here and sent later.</source>
        <translation>Los datos de la academia no responden. Lo que hagas se guarda aquí y se envía después.</translation>
    </message>
    <message>
        <source>Live updates</source>
        <translation>Novedades en directo</translation>
    </message>
    <message>
        <source>Nothing arrives live. Pages still refresh by asking; a proxy may block web sockets.</source>
        <translation>No llega nada en directo. Las páginas se actualizan preguntando; quizá un proxy bloquea los WebSockets.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Este ordenador</translation>
    </message>
    <message>
        <source>The file with your data is slow or refuses. Check that the disk has space.</source>
        <translation>El archivo con tus datos va lento o falla. Comprueba que el disco tenga espacio.</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>Bien</translation>
    </message>
    <message>
        <source>Not answering</source>
        <translation>No responde</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Everything answers</source>
        <translation>Todo responde</translation>
    </message>
    <message>
        <source>Something is not as it should be</source>
        <translation>Algo no va como debería</translation>
    </message>
    <message>
        <source>Something does not answer</source>
        <translation>Algo no responde</translation>
    </message>
    <message numerus="yes">
        <source>Measured at %1 · %2 MB of memory · %n channel(s)</source>
        <translation>
            <numerusform>Medido a las %1 · %2 MB de memoria · %n canal</numerusform>
            <numerusform>Medido a las %1 · %2 MB de memoria · %n canales</numerusform>
        </translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Midiendo</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Aún sin medir</translation>
    </message>
    <message>
        <source>A check asks every part for a real answer and measures how long it takes.</source>
        <translation>La comprobación pide a cada parte una respuesta real y mide cuánto tarda.</translation>
    </message>
    <message>
        <source>It answers, but slowly or not always. If it stays so, check the network.</source>
        <translation>Responde, pero despacio o no siempre. Si sigue así, comprueba la red.</translation>
    </message>
    <message>
        <source>It answered with the status %1.</source>
        <translation>Ha respondido con el estado %1.</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lento</translation>
    </message>
    <message>
        <source>A review</source>
        <translation>Un repaso</translation>
    </message>
    <message>
        <source>An exercise</source>
        <translation>Un ejercicio</translation>
    </message>
    <message>
        <source>A text for your teacher</source>
        <translation>Un texto para tu profesor</translation>
    </message>
    <message>
        <source>A report of a reply</source>
        <translation>Un aviso sobre una respuesta</translation>
    </message>
    <message>
        <source>An answer of an exam</source>
        <translation>Una respuesta de un examen</translation>
    </message>
    <message>
        <source>Part of a talk with the tutor</source>
        <translation>Parte de una conversación con el tutor</translation>
    </message>
    <message>
        <source>A change</source>
        <translation>Un cambio</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>Your academy did not accept %n thing(s) you did.</source>
        <translation>
            <numerusform>Tu academia no aceptó %n cosa que hiciste.</numerusform>
            <numerusform>Tu academia no aceptó %n cosas que hiciste.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnóstico</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Comprobar</translation>
    </message>
    <message>
        <source>The report was written</source>
        <translation>El informe está escrito</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copiar la ruta</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Cifras</translation>
    </message>
    <message>
        <source>It is kept on this computer. Talk to your teacher about the reason, then send it again.</source>
        <translation>Está guardado en este ordenador. Habla con tu profesor sobre el motivo y vuelve a enviarlo.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentarlo otra vez</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>This file is not a unit that Neolingus can use: it is damaged or made for something else. Nothing was added; get a fresh copy.</source>
        <translation>Este archivo no es una unidad que Neolingus pueda usar: está dañado o es para otra cosa. No se ha añadido nada; consigue una copia nueva.</translation>
    </message>
    <message>
        <source>This file is too large for a unit. Nothing was added.</source>
        <translation>Este archivo es demasiado grande para una unidad. No se ha añadido nada.</translation>
    </message>
    <message>
        <source>The file with the unit cannot be read. Check that it is still there and that you may open it.</source>
        <translation>No se puede leer el archivo de la unidad. Comprueba que sigue ahí y que puedes abrirlo.</translation>
    </message>
    <message>
        <source>This exam cannot be shown by your version of Neolingus. Tell your teacher now, and install the newest version.</source>
        <translation>Tu versión de Neolingus no puede mostrar este examen. Avisa ya a tu profesor e instala la versión más reciente.</translation>
    </message>
    <message>
        <source>Your academy runs a newer version than this Neolingus. Install the new version; until then everything you do is kept on this computer.</source>
        <translation>Tu academia usa una versión más nueva que este Neolingus. Instala la versión nueva; hasta entonces todo lo que hagas se guarda en este ordenador.</translation>
    </message>
    <message>
        <source>The folder for your Neolingus data cannot be written. Check its permissions and the free space on the disk, then start Neolingus again.</source>
        <translation>No se puede escribir en la carpeta de tus datos de Neolingus. Revisa sus permisos y el espacio libre del disco y vuelve a abrir Neolingus.</translation>
    </message>
    <message>
        <source>The disk with your Neolingus data does not work as it should. What is already kept is untouched; check the disk.</source>
        <translation>El disco con tus datos de Neolingus no funciona como debería. Lo ya guardado sigue intacto; revisa el disco.</translation>
    </message>
    <message>
        <source>Your Neolingus data cannot be written. Check the permissions of its folder; nothing new can be kept until then.</source>
        <translation>No se pueden escribir tus datos de Neolingus. Revisa los permisos de su carpeta; hasta entonces no se puede guardar nada nuevo.</translation>
    </message>
    <message>
        <source>The e-mail address or the password is not right. Check both and try again.</source>
        <translation>El correo o la contraseña no son correctos. Revisa ambos e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>Your address is not confirmed yet. Open the link in the e-mail from your academy, then sign in.</source>
        <translation>Tu correo aún no está confirmado. Abre el enlace del mensaje de tu academia y después inicia sesión.</translation>
    </message>
    <message>
        <source>There is already an account with this address. Sign in instead.</source>
        <translation>Ya hay una cuenta con este correo. Inicia sesión.</translation>
    </message>
    <message>
        <source>The academy asks for a stronger password.</source>
        <translation>La academia pide una contraseña más segura.</translation>
    </message>
    <message>
        <source>The academy asks you to sign in again. Everything on this computer is kept.</source>
        <translation>La academia te pide que inicies sesión de nuevo. Todo lo de este ordenador se conserva.</translation>
    </message>
    <message>
        <source>You are signed out. Sign in to go on.</source>
        <translation>No has iniciado sesión. Iníciala para seguir.</translation>
    </message>
    <message>
        <source>This is no longer there. Go back and look at the list again.</source>
        <translation>Esto ya no está. Vuelve y mira la lista de nuevo.</translation>
    </message>
    <message>
        <source>Your account may not do this. Ask your teacher.</source>
        <translation>Tu cuenta no puede hacer esto. Pregunta a tu profesor.</translation>
    </message>
    <message>
        <source>The sitting is not open yet. It starts when your teacher opens it.</source>
        <translation>La convocatoria aún no está abierta. Empieza cuando la abra tu profesor.</translation>
    </message>
    <message>
        <source>Your exam is open on another computer. Your teacher has been asked to move it here.</source>
        <translation>Tu examen está abierto en otro ordenador. Se ha pedido a tu profesor que lo pase aquí.</translation>
    </message>
    <message>
        <source>Your exam goes on at another computer. What you wrote here is kept on this computer.</source>
        <translation>Tu examen sigue en otro ordenador. Lo que escribiste aquí se conserva en este ordenador.</translation>
    </message>
    <message>
        <source>This sitting is closed.</source>
        <translation>Esta convocatoria está cerrada.</translation>
    </message>
    <message>
        <source>That was too much at once. Wait a moment and try again.</source>
        <translation>Demasiado de una vez. Espera un momento e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>Your data was written by a newer version of Neolingus. Install that version; nothing has been changed.</source>
        <translation>Una versión más nueva de Neolingus escribió tus datos. Instala esa versión; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>Another program is using your Neolingus data. Close it and try again.</source>
        <translation>Otro programa está usando tus datos de Neolingus. Ciérralo e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space: what is already kept is safe, but nothing new can be kept.</source>
        <translation>El disco está lleno. Libera espacio: lo ya guardado está a salvo, pero no cabe nada nuevo.</translation>
    </message>
    <message>
        <source>The folder with your Neolingus data cannot be opened. Check its permissions.</source>
        <translation>No se puede abrir la carpeta con tus datos de Neolingus. Comprueba sus permisos.</translation>
    </message>
    <message>
        <source>The file with your data was damaged. It was put aside, and what could be read was carried over.</source>
        <translation>El archivo con tus datos estaba dañado. Se ha apartado y se ha recuperado lo que se pudo leer.</translation>
    </message>
    <message>
        <source>Your data could not be brought to this version. Nothing was changed; please tell your academy.</source>
        <translation>Tus datos no se pudieron pasar a esta versión. No se ha cambiado nada; avisa a tu academia.</translation>
    </message>
    <message>
        <source>Your settings could not be written. They are forgotten when you close Neolingus.</source>
        <translation>No se pudieron escribir tus ajustes. Se olvidan al cerrar Neolingus.</translation>
    </message>
    <message>
        <source>The same or a newer version of this unit is already installed.</source>
        <translation>Ya está instalada la misma versión de esta unidad o una más nueva.</translation>
    </message>
    <message>
        <source>The tutor needs a key. Add one in the settings, or use the notes tutor, which needs none.</source>
        <translation>El tutor necesita una clave. Añádela en los ajustes o usa el tutor de apuntes, que no la necesita.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider refused the key. Check it in the settings.</source>
        <translation>El proveedor del tutor rechazó la clave. Compruébala en los ajustes.</translation>
    </message>
    <message>
        <source>Your key may not use this model. Choose another one in the settings.</source>
        <translation>Tu clave no puede usar este modelo. Elige otro en los ajustes.</translation>
    </message>
    <message>
        <source>No model is chosen. Choose one in the settings.</source>
        <translation>No hay ningún modelo elegido. Elige uno en los ajustes.</translation>
    </message>
    <message>
        <source>The provider does not know this model. Choose another one in the settings.</source>
        <translation>El proveedor no conoce este modelo. Elige otro en los ajustes.</translation>
    </message>
    <message>
        <source>The credit of your key is used up.</source>
        <translation>El saldo de tu clave se ha agotado.</translation>
    </message>
    <message>
        <source>The tutor has too much to do. Wait a moment and try again.</source>
        <translation>El tutor tiene demasiado trabajo. Espera un momento e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider is overloaded. Try again in a moment.</source>
        <translation>El proveedor del tutor está saturado. Inténtalo dentro de un momento.</translation>
    </message>
    <message>
        <source>This conversation has become too long for the model. Start a new one.</source>
        <translation>Esta conversación ya es demasiado larga para el modelo. Empieza una nueva.</translation>
    </message>
    <message>
        <source>Your message is too long. Shorten it a little.</source>
        <translation>Tu mensaje es demasiado largo. Acórtalo un poco.</translation>
    </message>
    <message>
        <source>The address answers, but not like a tutor. Check it in the settings.</source>
        <translation>La dirección responde, pero no como un tutor. Compruébala en los ajustes.</translation>
    </message>
    <message>
        <source>The tutor is still answering. Wait for the end or stop it.</source>
        <translation>El tutor aún está respondiendo. Espera a que acabe o detenlo.</translation>
    </message>
    <message>
        <source>The tutor did not begin to answer in time. Try again.</source>
        <translation>El tutor no empezó a responder a tiempo. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The tutor fell silent in the middle. What it said is kept.</source>
        <translation>El tutor se quedó callado a medias. Lo que dijo se conserva.</translation>
    </message>
    <message>
        <source>The tutor is off while you sit an exam. It is back when you have handed in.</source>
        <translation>El tutor está apagado mientras haces un examen. Vuelve cuando lo hayas entregado.</translation>
    </message>
    <message>
        <source>You have used what your academy gives you of the tutor today. Tomorrow there is more; the notes tutor answers at any time.</source>
        <translation>Hoy has gastado lo que tu academia te da de tutor. Mañana hay más; el tutor de apuntes responde siempre.</translation>
    </message>
    <message>
        <source>Your academy has used up its tutor for today. Tomorrow there is more; the notes tutor answers at any time.</source>
        <translation>Tu academia ha agotado su tutor por hoy. Mañana hay más; el tutor de apuntes responde siempre.</translation>
    </message>
    <message>
        <source>This question was put before and its answer was lost. Ask it again.</source>
        <translation>Esta pregunta ya se había hecho y su respuesta se perdió. Hazla otra vez.</translation>
    </message>
    <message>
        <source>Your academy has no tutor of its own. Choose another one in the settings.</source>
        <translation>Tu academia no tiene tutor propio. Elige otro en los ajustes.</translation>
    </message>
    <message>
        <source>Your academy&apos;s tutor is not set up right. Tell your teacher; the notes tutor answers meanwhile.</source>
        <translation>El tutor de tu academia no está bien configurado. Díselo a tu profesor; mientras tanto responde el tutor de apuntes.</translation>
    </message>
    <message>
        <source>This conversation is no longer there. Start a new one.</source>
        <translation>Esta conversación ya no está. Empieza otra.</translation>
    </message>
    <message>
        <source>This message is no longer there. Open the conversation again.</source>
        <translation>Este mensaje ya no está. Abre la conversación otra vez.</translation>
    </message>
    <message>
        <source>There is nothing there yet. Write something first.</source>
        <translation>Aún no hay nada. Escribe algo primero.</translation>
    </message>
    <message>
        <source>Your daily limit is used up. Raise it in the settings, or use the notes tutor.</source>
        <translation>Tu límite diario está agotado. Súbelo en los ajustes o usa el tutor de apuntes.</translation>
    </message>
    <message>
        <source>This tutor failed several times in a row and is left in peace for a while. Try again in a minute, or choose another one.</source>
        <translation>Este tutor ha fallado varias veces seguidas y se le deja descansar un rato. Prueba dentro de un minuto o elige otro.</translation>
    </message>
    <message>
        <source>The tutor&apos;s address cannot be reached. Check the network and the settings.</source>
        <translation>No se llega a la dirección del tutor. Comprueba la red y los ajustes.</translation>
    </message>
    <message>
        <source>The answer took too long and was ended. What was said is kept.</source>
        <translation>La respuesta tardaba demasiado y se ha cortado. Lo dicho se conserva.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider did not accept the request. Choose another model in the settings.</source>
        <translation>El proveedor del tutor no ha aceptado la petición. Elige otro modelo en los ajustes.</translation>
    </message>
    <message>
        <source>This is too much at once for the tutor. Start a new conversation or shorten your message.</source>
        <translation>Es demasiado de una vez para el tutor. Empieza otra conversación o acorta tu mensaje.</translation>
    </message>
    <message>
        <source>The tutor&apos;s provider has a problem of its own. Try again in a moment.</source>
        <translation>El proveedor del tutor tiene un problema propio. Inténtalo dentro de un momento.</translation>
    </message>
    <message>
        <source>The tutor did not want to answer this. Ask in other words, or about something else of your lesson.</source>
        <translation>El tutor no ha querido responder a esto. Pregúntalo con otras palabras o pregunta otra cosa de tu lección.</translation>
    </message>
    <message>
        <source>The provider&apos;s safety filter held the answer back. Ask in other words, or about something else of your lesson.</source>
        <translation>El filtro de seguridad del proveedor ha retenido la respuesta. Pregúntalo con otras palabras o pregunta otra cosa de tu lección.</translation>
    </message>
    <message>
        <source>The tutor answered with nothing. Try again.</source>
        <translation>El tutor no ha dicho nada. Inténtalo otra vez.</translation>
    </message>
    <message>
        <source>The connection broke before the answer was complete. What was said is kept.</source>
        <translation>La conexión se ha cortado antes de acabar la respuesta. Lo dicho se conserva.</translation>
    </message>
    <message>
        <source>This answer is complete. Ask another question instead.</source>
        <translation>Esta respuesta está completa. Haz otra pregunta.</translation>
    </message>
    <message>
        <source>Your academy&apos;s list of models cannot be used, so the one of this program holds. Tell your academy.</source>
        <translation>La lista de modelos de tu academia no se puede usar; vale la de este programa. Díselo a tu academia.</translation>
    </message>
    <message>
        <source>Your academy&apos;s list of models is for a newer Neolingus, so the one of this program holds. Install the new version.</source>
        <translation>La lista de modelos de tu academia es para un Neolingus más nuevo; vale la de este programa. Instala la nueva versión.</translation>
    </message>
    <message>
        <source>The other side cannot be reached. Check the network and the address; what you do is kept on this computer.</source>
        <translation>No se puede llegar al otro lado. Comprueba la red y la dirección; lo que hagas se guarda en este ordenador.</translation>
    </message>
    <message>
        <source>There was no answer in time. Try again in a moment.</source>
        <translation>No hubo respuesta a tiempo. Inténtalo dentro de un momento.</translation>
    </message>
    <message>
        <source>You need to sign in again. Everything on this computer is kept.</source>
        <translation>Tienes que iniciar sesión de nuevo. Todo lo de este ordenador se conserva.</translation>
    </message>
    <message>
        <source>Your account may not do this.</source>
        <translation>Tu cuenta no puede hacer esto.</translation>
    </message>
    <message>
        <source>This was not found.</source>
        <translation>No se ha encontrado.</translation>
    </message>
    <message>
        <source>Somebody changed this in the meantime. Look again and repeat it.</source>
        <translation>Alguien lo cambió mientras tanto. Mira de nuevo y repítelo.</translation>
    </message>
    <message>
        <source>This was not accepted. Check what you entered.</source>
        <translation>No se ha aceptado. Revisa lo que has escrito.</translation>
    </message>
    <message>
        <source>The academy has a problem of its own. Try again in a moment.</source>
        <translation>La academia tiene un problema. Inténtalo dentro de un momento.</translation>
    </message>
    <message>
        <source>The answer could not be understood. Check that the address belongs to an academy.</source>
        <translation>No se entendió la respuesta. Comprueba que la dirección sea la de una academia.</translation>
    </message>
    <message>
        <source>Something could not be kept on this computer. Check the disk.</source>
        <translation>Algo no se pudo guardar en este ordenador. Comprueba el disco.</translation>
    </message>
    <message>
        <source>This was stopped.</source>
        <translation>Se ha detenido.</translation>
    </message>
    <message>
        <source>This code is not right or too old. Check it, or have another one sent.</source>
        <translation>El código no es correcto o ha caducado. Revísalo o pide otro.</translation>
    </message>
    <message>
        <source>There is no account with this address. Check it, or make an account.</source>
        <translation>No hay ninguna cuenta con esta dirección. Revísala o crea una cuenta.</translation>
    </message>
    <message>
        <source>This academy cannot send e-mail. Sign in with your password.</source>
        <translation>Esta academia no puede enviar correo. Inicia sesión con tu contraseña.</translation>
    </message>
    <message>
        <source>This code is not right. Enter the one your authenticator app shows now.</source>
        <translation>El código no es correcto. Escribe el que muestra ahora tu aplicación de autenticación.</translation>
    </message>
    <message>
        <source>That took too long. Enter the code your authenticator app shows now.</source>
        <translation>Ha pasado demasiado tiempo. Escribe el código que muestra ahora tu aplicación de autenticación.</translation>
    </message>
    <message>
        <source>Sign in again with the code of your authenticator app, then repeat it.</source>
        <translation>Vuelve a iniciar sesión con el código de tu aplicación de autenticación y repítelo.</translation>
    </message>
    <message>
        <source>No browser could be opened. Sign in with your password or a code.</source>
        <translation>No se ha podido abrir ningún navegador. Inicia sesión con tu contraseña o con un código.</translation>
    </message>
    <message>
        <source>The browser did not come back in time. Try again.</source>
        <translation>El navegador no ha vuelto a tiempo. Inténtalo otra vez.</translation>
    </message>
    <message>
        <source>The sign-in in the browser was not completed. Try again.</source>
        <translation>El inicio de sesión en el navegador no se ha completado. Inténtalo otra vez.</translation>
    </message>
    <message>
        <source>This academy shows another certificate than the one you trusted, so nothing was sent. Ask your teacher before you go on.</source>
        <translation>Esta academia muestra un certificado distinto del que aceptaste, así que no se ha enviado nada. Pregunta a tu profesor antes de seguir.</translation>
    </message>
    <message>
        <source>This academy is not encrypted any more, so nothing was sent. Check that its address begins with https.</source>
        <translation>Esta academia ya no va cifrada, así que no se ha enviado nada. Comprueba que su dirección empieza por https.</translation>
    </message>
    <message>
        <source>No encrypted connection could be made. Check the address, or ask whoever runs the academy about its certificate.</source>
        <translation>No se ha podido establecer una conexión cifrada. Comprueba la dirección o pregunta a quien lleva la academia por su certificado.</translation>
    </message>
    <message>
        <source>The model on your computer is still being loaded. Wait a moment and try again.</source>
        <translation>El modelo de tu ordenador se está cargando todavía. Espera un momento y vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>This academy wants an account. Make one, or sign in.</source>
        <translation>Esta academia pide una cuenta. Crea una o inicia sesión.</translation>
    </message>
    <message>
        <source>A colleague was here before you. This is how it stands now.</source>
        <translation>Alguien del profesorado se ha adelantado. Así está ahora.</translation>
    </message>
</context>
<context>
    <name>EssayInput</name>
    <message>
        <source>Write here</source>
        <translation>Escribe aquí</translation>
    </message>
</context>
<context>
    <name>ExamController</name>
    <message>
        <source>Kept here %1 · received by the school %2</source>
        <translation>Guardado aquí %1 · recibido por la escuela %2</translation>
    </message>
    <message>
        <source>The school has everything you wrote.</source>
        <translation>La escuela tiene todo lo que has escrito.</translation>
    </message>
    <message numerus="yes">
        <source>Everything you wrote is safe on this computer; %n changes are still to be sent.</source>
        <translation>
            <numerusform>Todo lo que has escrito está a salvo en este ordenador; falta enviar %n cambio.</numerusform>
            <numerusform>Todo lo que has escrito está a salvo en este ordenador; faltan por enviar %n cambios.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%1 de %2 respondidas</translation>
    </message>
    <message>
        <source>Question %1 of %2</source>
        <translation>Pregunta %1 de %2</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Información</translation>
    </message>
    <message>
        <source>Handed in on time</source>
        <translation>Entregado a tiempo</translation>
    </message>
    <message>
        <source>Handed in late</source>
        <translation>Entregado tarde</translation>
    </message>
    <message>
        <source>The school received your paper on %1. Keep this code: it proves it.</source>
        <translation>La escuela recibió tu examen el %1. Guarda este código: lo demuestra.</translation>
    </message>
    <message>
        <source>Opening your paper</source>
        <translation>Abriendo tu examen</translation>
    </message>
    <message>
        <source>This takes a moment. Your time does not run yet.</source>
        <translation>Tarda un momento. Tu tiempo aún no corre.</translation>
    </message>
    <message>
        <source>Your teacher has not opened the sitting yet</source>
        <translation>Tu profesor aún no ha abierto la convocatoria</translation>
    </message>
    <message>
        <source>The paper cannot be opened</source>
        <translation>No se puede abrir el examen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Your exam is open on another computer</source>
        <translation>Tu examen está abierto en otro ordenador</translation>
    </message>
    <message>
        <source>Your teacher has been asked to move it here. Nothing you wrote is lost.</source>
        <translation>Se ha pedido a tu profesor que lo pase aquí. No se pierde nada de lo que escribiste.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Volver a pedirlo</translation>
    </message>
    <message>
        <source>The exam is paused</source>
        <translation>El examen está en pausa</translation>
    </message>
    <message>
        <source>Your teacher stopped the clock. You get this time back.</source>
        <translation>Tu profesor ha parado el reloj. Recuperas este tiempo.</translation>
    </message>
    <message>
        <source>Your answers are locked</source>
        <translation>Tus respuestas están bloqueadas</translation>
    </message>
    <message>
        <source>Please speak to your teacher. Everything you wrote is kept.</source>
        <translation>Habla con tu profesor. Todo lo que has escrito se conserva.</translation>
    </message>
    <message>
        <source>The time is over</source>
        <translation>Se ha acabado el tiempo</translation>
    </message>
    <message>
        <source>Your teacher collects the papers</source>
        <translation>Tu profesor recoge los exámenes</translation>
    </message>
    <message>
        <source>Handed in on this computer</source>
        <translation>Entregado en este ordenador</translation>
    </message>
    <message>
        <source>Your paper is complete and safe here. It goes to the school by itself as soon as there is a network. Leave Neolingus open if you can.</source>
        <translation>Tu examen está completo y a salvo aquí. Irá solo a la escuela en cuanto haya red. Si puedes, deja Neolingus abierto.</translation>
    </message>
    <message>
        <source>Your paper is on its way to the school.</source>
        <translation>Tu examen va de camino a la escuela.</translation>
    </message>
    <message>
        <source>Your exam goes on at another computer</source>
        <translation>Tu examen sigue en otro ordenador</translation>
    </message>
    <message>
        <source>Your last words are not on this computer&apos;s disk yet. Leave Neolingus open and call your teacher.</source>
        <translation>Tus últimas palabras aún no están en el disco de este ordenador. Deja Neolingus abierto y avisa a tu profesor.</translation>
    </message>
    <message>
        <source>What you wrote here is kept on this computer. Bring the exam back here to go on with it.</source>
        <translation>Lo que escribiste aquí se conserva en este ordenador. Tráelo de vuelta aquí para continuarlo.</translation>
    </message>
    <message>
        <source>You see what you answered on the other computer</source>
        <translation>Ves lo que respondiste en el otro ordenador</translation>
    </message>
    <message>
        <source>Question %1: here you had “%2”.</source>
        <translation>Pregunta %1: aquí tenías «%2».</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Verdadero</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Falso</translation>
    </message>
    <message>
        <source>Bring it back here</source>
        <translation>Traerlo de vuelta aquí</translation>
    </message>
    <message>
        <source>What you wrote is kept and on its way to the school.</source>
        <translation>Lo que escribiste se conserva y va de camino a la escuela.</translation>
    </message>
    <message>
        <source>This attempt was ended by the school</source>
        <translation>La escuela ha terminado este intento</translation>
    </message>
    <message>
        <source>Please speak to your teacher. What you wrote is kept.</source>
        <translation>Habla con tu profesor. Lo que escribiste se conserva.</translation>
    </message>
    <message>
        <source>This computer&apos;s disk does not take your answers</source>
        <translation>El disco de este ordenador no acepta tus respuestas</translation>
    </message>
    <message>
        <source>Stop typing and call your teacher. What was kept before is safe.</source>
        <translation>Deja de escribir y llama a tu profesor. Lo guardado antes está a salvo.</translation>
    </message>
    <message>
        <source>No connection to the school</source>
        <translation>Sin conexión con la escuela</translation>
    </message>
    <message>
        <source>Go on writing: everything is kept on this computer and sent by itself later.</source>
        <translation>Sigue escribiendo: todo se guarda en este ordenador y se enviará solo después.</translation>
    </message>
    <message>
        <source>The school asks you to sign in again</source>
        <translation>La escuela te pide que inicies sesión de nuevo</translation>
    </message>
    <message>
        <source>Go on writing: everything is kept on this computer. You can sign in after the exam.</source>
        <translation>Sigue escribiendo: todo se guarda en este ordenador. Puedes iniciar sesión después del examen.</translation>
    </message>
    <message>
        <source>The school did not take some of your changes</source>
        <translation>La escuela no aceptó algunos de tus cambios</translation>
    </message>
    <message>
        <source>They are kept on this computer. Tell your teacher before you hand in.</source>
        <translation>Se guardan en este ordenador. Avisa a tu profesor antes de entregar.</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>respondida</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>vista</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>sin ver</translation>
    </message>
    <message>
        <source>%1, flagged</source>
        <translation>%1, marcada</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes left</source>
        <translation>
            <numerusform>Queda %n minuto</numerusform>
            <numerusform>Quedan %n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>Another screen is connected</source>
        <translation>Hay otra pantalla conectada</translation>
    </message>
    <message>
        <source>Your teacher sees that. It has no other consequence; unplug it if you do not need it.</source>
        <translation>Tu profesor lo ve. No tiene otra consecuencia; desconéctala si no la necesitas.</translation>
    </message>
</context>
<context>
    <name>ExamPalette</name>
    <message>
        <source>Questions of this paper</source>
        <translation>Preguntas de este examen</translation>
    </message>
    <message>
        <source>Question %1</source>
        <translation>Pregunta %1</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Respondida</translation>
    </message>
    <message>
        <source>Seen, still open</source>
        <translation>Vista, sin responder</translation>
    </message>
    <message>
        <source>Not seen yet</source>
        <translation>Sin ver</translation>
    </message>
</context>
<context>
    <name>ExamReview</name>
    <message>
        <source>Check before handing in</source>
        <translation>Revisar antes de entregar</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) still open</source>
        <translation>
            <numerusform>%n pregunta sin responder</numerusform>
            <numerusform>%n preguntas sin responder</numerusform>
        </translation>
    </message>
    <message>
        <source>Every question is answered</source>
        <translation>Todas las preguntas están respondidas</translation>
    </message>
    <message numerus="yes">
        <source>You flagged %n question(s). Choose one to go back to it.</source>
        <translation>
            <numerusform>Has marcado %n pregunta. Elige una para volver a ella.</numerusform>
            <numerusform>Has marcado %n preguntas. Elige una para volver a ella.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a question to go back to it.</source>
        <translation>Elige una pregunta para volver a ella.</translation>
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
        <translation>Respondida</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abierta</translation>
    </message>
    <message>
        <source>Back to the paper</source>
        <translation>Volver al examen</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Hand in now?</source>
        <translation>¿Entregar ahora?</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are still open. After handing in you cannot change anything.</source>
        <translation>
            <numerusform>Queda %n pregunta sin responder. Después de entregar no podrás cambiar nada.</numerusform>
            <numerusform>Quedan %n preguntas sin responder. Después de entregar no podrás cambiar nada.</numerusform>
        </translation>
    </message>
    <message>
        <source>After handing in you cannot change anything.</source>
        <translation>Después de entregar no podrás cambiar nada.</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Seguir escribiendo</translation>
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
        <translation>Mostrar el tiempo restante</translation>
    </message>
    <message>
        <source>Hide the time left</source>
        <translation>Ocultar el tiempo restante</translation>
    </message>
    <message>
        <source>Message from your teacher</source>
        <translation>Mensaje de tu profesor</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Lo he leído</translation>
    </message>
    <message>
        <source>Width of the text</source>
        <translation>Ancho del texto</translation>
    </message>
    <message>
        <source>Remove the flag</source>
        <translation>Quitar la marca</translation>
    </message>
    <message>
        <source>Flag for later</source>
        <translation>Marcar para después</translation>
    </message>
    <message>
        <source>Back to the start page</source>
        <translation>Volver al inicio</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Check and hand in</source>
        <translation>Revisar y entregar</translation>
    </message>
</context>
<context>
    <name>ExerciseTalk</name>
    <message>
        <source>True</source>
        <translation>Verdadero</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Falso</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Hide what is typed</source>
        <translation>Ocultar lo escrito</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Mostrar lo escrito</translation>
    </message>
</context>
<context>
    <name>FigureWords</name>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Exams</source>
        <translation>Exámenes</translation>
    </message>
    <message>
        <source>Tutor</source>
        <translation>Tutor</translation>
    </message>
    <message>
        <source>Connection and program</source>
        <translation>Conexión y programa</translation>
    </message>
    <message>
        <source>Followed by pages now</source>
        <translation>Seguimientos de páginas ahora</translation>
    </message>
    <message>
        <source>Sources listened to</source>
        <translation>Fuentes que se escuchan</translation>
    </message>
    <message>
        <source>Entries kept on this computer</source>
        <translation>Entradas guardadas en este ordenador</translation>
    </message>
    <message>
        <source>Changes received</source>
        <translation>Cambios recibidos</translation>
    </message>
    <message>
        <source>Changes shown</source>
        <translation>Cambios mostrados</translation>
    </message>
    <message>
        <source>Changes shown together with a later one</source>
        <translation>Cambios mostrados junto a uno posterior</translation>
    </message>
    <message>
        <source>Gaps caught up</source>
        <translation>Huecos recuperados</translation>
    </message>
    <message>
        <source>Exams being sat here</source>
        <translation>Exámenes que se hacen aquí</translation>
    </message>
    <message>
        <source>Sittings being watched here</source>
        <translation>Convocatorias que se siguen aquí</translation>
    </message>
    <message>
        <source>Lists of exams being followed</source>
        <translation>Listas de exámenes que se siguen</translation>
    </message>
    <message>
        <source>Questions to the academy</source>
        <translation>Consultas a la academia</translation>
    </message>
    <message>
        <source>Live messages</source>
        <translation>Mensajes en directo</translation>
    </message>
    <message>
        <source>Edits the school has received</source>
        <translation>Cambios que ha recibido la escuela</translation>
    </message>
    <message>
        <source>Replies begun</source>
        <translation>Respuestas empezadas</translation>
    </message>
    <message>
        <source>Replies finished</source>
        <translation>Respuestas terminadas</translation>
    </message>
    <message>
        <source>Replies you stopped</source>
        <translation>Respuestas que has parado</translation>
    </message>
    <message>
        <source>Replies interrupted</source>
        <translation>Respuestas interrumpidas</translation>
    </message>
    <message>
        <source>Replies that failed</source>
        <translation>Respuestas fallidas</translation>
    </message>
    <message>
        <source>Further attempts</source>
        <translation>Nuevos intentos</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Recibido</translation>
    </message>
    <message>
        <source>Tokens read by the model</source>
        <translation>Unidades leídas por el modelo</translation>
    </message>
    <message>
        <source>Tokens written by the model</source>
        <translation>Unidades escritas por el modelo</translation>
    </message>
    <message>
        <source>First word, half of the replies within</source>
        <translation>Primera palabra, la mitad de las respuestas en</translation>
    </message>
    <message>
        <source>First word, 95 of 100 within</source>
        <translation>Primera palabra, 95 de cada 100 en</translation>
    </message>
    <message>
        <source>First word, 99 of 100 within</source>
        <translation>Primera palabra, 99 de cada 100 en</translation>
    </message>
    <message>
        <source>Live connection</source>
        <translation>Conexión en directo</translation>
    </message>
    <message>
        <source>Live round trip</source>
        <translation>Ida y vuelta en directo</translation>
    </message>
    <message>
        <source>Data round trip</source>
        <translation>Ida y vuelta de datos</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>medidas</translation>
    </message>
    <message>
        <source>half within</source>
        <translation>la mitad en</translation>
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
        <translation>Mensajes en directo recibidos</translation>
    </message>
    <message>
        <source>Live messages sent</source>
        <translation>Mensajes en directo enviados</translation>
    </message>
    <message>
        <source>Received live</source>
        <translation>Recibido en directo</translation>
    </message>
    <message>
        <source>Sent live</source>
        <translation>Enviado en directo</translation>
    </message>
    <message>
        <source>Messages that could not be read</source>
        <translation>Mensajes que no se han podido leer</translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Reconexiones</translation>
    </message>
    <message>
        <source>Live channels wanted</source>
        <translation>Canales en directo pedidos</translation>
    </message>
    <message>
        <source>Live channels working</source>
        <translation>Canales en directo activos</translation>
    </message>
    <message>
        <source>Requests for data</source>
        <translation>Peticiones de datos</translation>
    </message>
    <message>
        <source>Requests that failed</source>
        <translation>Peticiones fallidas</translation>
    </message>
    <message>
        <source>Data received</source>
        <translation>Datos recibidos</translation>
    </message>
    <message>
        <source>Data sent</source>
        <translation>Datos enviados</translation>
    </message>
    <message>
        <source>Changes waiting to be sent</source>
        <translation>Cambios que esperan el envío</translation>
    </message>
    <message>
        <source>Changes the academy did not take</source>
        <translation>Cambios que la academia no ha aceptado</translation>
    </message>
    <message>
        <source>The oldest has waited</source>
        <translation>El más antiguo espera desde hace</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Memoria en uso</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>En marcha desde hace</translation>
    </message>
    <message>
        <source>off</source>
        <translation>parada</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>conectando</translation>
    </message>
    <message>
        <source>open</source>
        <translation>abierta</translation>
    </message>
    <message>
        <source>being tested</source>
        <translation>en comprobación</translation>
    </message>
    <message>
        <source>waiting to try again</source>
        <translation>esperando para volver a probar</translation>
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
        <translation>%1: %2 pendientes</translation>
    </message>
</context>
<context>
    <name>GapInput</name>
    <message>
        <source>Gap %1</source>
        <translation>Hueco %1</translation>
    </message>
    <message>
        <source>Gap %1, from the word %2</source>
        <translation>Hueco %1, a partir de la palabra %2</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>elegir</translation>
    </message>
</context>
<context>
    <name>HomeController</name>
    <message>
        <source>Handed in</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Good morning</source>
        <translation>Buenos días</translation>
    </message>
    <message>
        <source>Good afternoon</source>
        <translation>Buenas tardes</translation>
    </message>
    <message>
        <source>Good evening</source>
        <translation>Buenas noches</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>greeting, name</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Last moved by an exam</source>
        <translation>Último avance: un examen</translation>
    </message>
    <message>
        <source>Last moved by your reviews</source>
        <translation>Último avance: tus repasos</translation>
    </message>
    <message>
        <source>Last moved by your practice</source>
        <translation>Último avance: tus ejercicios</translation>
    </message>
    <message>
        <source>Study today to begin a streak</source>
        <translation>Estudia hoy para empezar una racha</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) in a row</source>
        <translation>
            <numerusform>%n día seguido</numerusform>
            <numerusform>%n días seguidos</numerusform>
        </translation>
    </message>
    <message>
        <source>Your exam is open</source>
        <translation>Tu examen está abierto</translation>
    </message>
    <message>
        <source>Go in when you are ready. Everything you write is kept on this computer and sent to the school.</source>
        <translation>Entra cuando quieras. Todo lo que escribas se guarda en este ordenador y se envía a la escuela.</translation>
    </message>
    <message>
        <source>Enter the exam room</source>
        <translation>Entrar en el examen</translation>
    </message>
    <message>
        <source>Next for you</source>
        <translation>Lo siguiente para ti</translation>
    </message>
    <message numerus="yes">
        <source>Review %n card(s)</source>
        <translation>
            <numerusform>Repasar %n tarjeta</numerusform>
            <numerusform>Repasar %n tarjetas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learn %n new card(s)</source>
        <translation>
            <numerusform>Aprender %n tarjeta nueva</numerusform>
            <numerusform>Aprender %n tarjetas nuevas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and up to %n new one(s). About %1 minutes.</source>
        <translation>
            <numerusform>y hasta %n nueva. Unos %1 minutos.</numerusform>
            <numerusform>y hasta %n nuevas. Unos %1 minutos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n minute(s).</source>
        <translation>
            <numerusform>Más o menos %n minuto.</numerusform>
            <numerusform>Unos %n minutos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>All reviewed for today</source>
        <translation>Todo repasado por hoy</translation>
    </message>
    <message>
        <source>Practise something new</source>
        <translation>Practica algo nuevo</translation>
    </message>
    <message>
        <source>Short exercises with feedback at once. Your cards come back when it is time.</source>
        <translation>Ejercicios cortos con respuesta al momento. Tus tarjetas vuelven cuando toca.</translation>
    </message>
    <message>
        <source>Choose an exercise</source>
        <translation>Elegir un ejercicio</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lectura</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Escucha</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escritura</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>Habla</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lengua</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n minute(s)</source>
        <comment>class, length</comment>
        <translation>
            <numerusform>%1 · %n minuto</numerusform>
            <numerusform>%1 · %n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>Open now</source>
        <translation>Abierto ahora</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Previsto</translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>dentro de %n día</numerusform>
            <numerusform>dentro de %n días</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1 h %2 min</source>
        <translation>dentro de %1 h %2 min</translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>dentro de %n minuto</numerusform>
            <numerusform>dentro de %n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting for your teacher</source>
        <translation>esperando a tu profesor</translation>
    </message>
    <message>
        <source>Results are out</source>
        <translation>Hay resultados</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Cerrado</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Your skills</source>
        <translation>Tus destrezas</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>Para hoy</translation>
    </message>
    <message>
        <source>Cards that fall due in the next seven days</source>
        <translation>Tarjetas que tocan en los próximos siete días</translation>
    </message>
    <message>
        <source>Exams</source>
        <translation>Exámenes</translation>
    </message>
    <message>
        <source>No exam is planned. When your teacher schedules one, it appears here.</source>
        <translation>No hay ningún examen previsto. Cuando tu profesor programe uno, aparecerá aquí.</translation>
    </message>
    <message>
        <source>Exams come from your academy. Sign in to see yours.</source>
        <translation>Los exámenes vienen de tu academia. Inicia sesión para ver los tuyos.</translation>
    </message>
    <message>
        <source>Sign in to an academy</source>
        <translation>Entrar en una academia</translation>
    </message>
    <message>
        <source>Nothing falls due in the next seven days. What you learn now comes back when it is time.</source>
        <translation>No toca nada en los próximos siete días. Lo que aprendas ahora volverá cuando sea el momento.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ver</translation>
    </message>
</context>
<context>
    <name>ItemForm</name>
    <message>
        <source>1 point</source>
        <translation>1 punto</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 puntos</translation>
    </message>
    <message>
        <source>Choose one answer.</source>
        <translation>Elige una respuesta.</translation>
    </message>
    <message>
        <source>Choose every answer that fits.</source>
        <translation>Elige todas las respuestas que encajen.</translation>
    </message>
    <message>
        <source>True or false?</source>
        <translation>¿Verdadero o falso?</translation>
    </message>
    <message>
        <source>Fill in the gaps.</source>
        <translation>Completa los huecos.</translation>
    </message>
    <message>
        <source>Find what belongs together.</source>
        <translation>Une lo que va junto.</translation>
    </message>
    <message>
        <source>Put the parts back into the text.</source>
        <translation>Devuelve las partes a su sitio en el texto.</translation>
    </message>
    <message>
        <source>Put the lines in order. Move them with the buttons or with Alt and the arrow keys.</source>
        <translation>Ordena las líneas. Muévelas con los botones o con Alt y las flechas.</translation>
    </message>
    <message>
        <source>Write a short answer.</source>
        <translation>Escribe una respuesta corta.</translation>
    </message>
    <message>
        <source>Say the same with the key word. Do not change it.</source>
        <translation>Di lo mismo con la palabra clave. No la cambies.</translation>
    </message>
    <message>
        <source>Write your text.</source>
        <translation>Escribe tu texto.</translation>
    </message>
    <message>
        <source>Write what you hear.</source>
        <translation>Escribe lo que oyes.</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n palabra</numerusform>
            <numerusform>%n palabras</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · at least %2</source>
        <translation>%1 · mínimo %2</translation>
    </message>
    <message>
        <source>%1 · at most %2</source>
        <translation>%1 · máximo %2</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>En todas partes</translation>
    </message>
    <message>
        <source>Find a page or an action</source>
        <translation>Buscar una página o una acción</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Alt+Left</source>
        <translation>Alt+Izquierda</translation>
    </message>
    <message>
        <source>Show or hide the names in the side bar</source>
        <translation>Mostrar u ocultar los nombres en la barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Larger or smaller text</source>
        <translation>Texto más grande o más pequeño</translation>
    </message>
    <message>
        <source>Ctrl++  Ctrl+-</source>
        <translation>Ctrl++  Ctrl+-</translation>
    </message>
    <message>
        <source>Studying</source>
        <translation>Al estudiar</translation>
    </message>
    <message>
        <source>Show the answer; then rate it Good</source>
        <translation>Mostrar la respuesta; después, valorarla como «Bien»</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Rate: again, hard, good, easy</source>
        <translation>Valorar: otra vez, difícil, bien, fácil</translation>
    </message>
    <message>
        <source>Choose an option by its letter</source>
        <translation>Elegir una opción por su letra</translation>
    </message>
    <message>
        <source>Check, or go on</source>
        <translation>Comprobar o seguir</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Move a line when putting in order</source>
        <translation>Mover una línea al ordenar</translation>
    </message>
    <message>
        <source>Alt+Up  Alt+Down</source>
        <translation>Alt+Arriba  Alt+Abajo</translation>
    </message>
    <message>
        <source>Leave the session</source>
        <translation>Salir de la sesión</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>In the exam room</source>
        <translation>En la sala de examen</translation>
    </message>
    <message>
        <source>Previous or next question</source>
        <translation>Pregunta anterior o siguiente</translation>
    </message>
    <message>
        <source>Alt+Left  Alt+Right</source>
        <translation>Alt+Izquierda  Alt+Derecha</translation>
    </message>
    <message>
        <source>Flag the question, or remove the flag</source>
        <translation>Marcar la pregunta o quitar la marca</translation>
    </message>
    <message>
        <source>Alt+F</source>
        <translation>Alt+F</translation>
    </message>
    <message>
        <source>Live monitor</source>
        <translation>Seguimiento en directo</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Más tiempo</translation>
    </message>
    <message>
        <source>Pause, or go on</source>
        <translation>Pausar o seguir</translation>
    </message>
    <message>
        <source>Collect the papers</source>
        <translation>Recoger los exámenes</translation>
    </message>
    <message>
        <source>Search by name or group</source>
        <translation>Buscar por nombre o grupo</translation>
    </message>
    <message>
        <source>Select the student, or all who are shown</source>
        <translation>Seleccionar al alumno o a todos los que se ven</translation>
    </message>
    <message>
        <source>Space  Ctrl+A</source>
        <translation>Espacio  Ctrl+A</translation>
    </message>
</context>
<context>
    <name>LearnerMessage</name>
    <message>
        <source>You: %1</source>
        <translation>Tú: %1</translation>
    </message>
    <message>
        <source>Say it in other words</source>
        <translation>Decirlo con otras palabras</translation>
    </message>
</context>
<context>
    <name>LessonNotes</name>
    <message>
        <source>The note was deleted.</source>
        <translation>Se ha borrado la nota.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
</context>
<context>
    <name>LessonNotesPage</name>
    <message>
        <source>Lesson notes</source>
        <translation>Notas de clase</translation>
    </message>
    <message>
        <source>What stays of your talks with the tutor</source>
        <translation>Lo que queda de tus charlas con el tutor</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Delete this note</source>
        <translation>Borrar esta nota</translation>
    </message>
    <message>
        <source>Open the talk</source>
        <translation>Abrir la charla</translation>
    </message>
    <message>
        <source>No lesson notes yet</source>
        <translation>Todavía no hay notas de clase</translation>
    </message>
    <message>
        <source>“Look back” ends a talk with a note: what went well, what to practise, new words and one task.</source>
        <translation>«Repasar la charla» la termina con una nota: lo que ha ido bien, lo que hay que practicar, palabras nuevas y una tarea.</translation>
    </message>
    <message>
        <source>Talk to the tutor</source>
        <translation>Hablar con el tutor</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Open this address in your browser?</source>
        <translation>¿Abrir esta dirección en el navegador?</translation>
    </message>
    <message>
        <source>It was not written by Neolingus. Open it only when you know where it leads.</source>
        <translation>No la ha escrito Neolingus. Ábrela solo si sabes adónde lleva.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abierta</translation>
    </message>
</context>
<context>
    <name>LiveMonitorPage</name>
    <message>
        <source>Live monitor</source>
        <translation>Seguimiento en directo</translation>
    </message>
    <message>
        <source>Time left for the last student</source>
        <translation>Tiempo restante del último estudiante</translation>
    </message>
    <message>
        <source>Open the sitting</source>
        <translation>Abrir la convocatoria</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Más tiempo</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Recoger</translation>
    </message>
    <message>
        <source>What you see may be old</source>
        <translation>Lo que ves puede no ser actual</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Mirar de nuevo</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Search by name or group</source>
        <translation>Buscar por nombre o grupo</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>Select nobody</source>
        <translation>No seleccionar a nadie</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Close the sitting</source>
        <translation>Cerrar la convocatoria</translation>
    </message>
    <message>
        <source>Release results</source>
        <translation>Publicar resultados</translation>
    </message>
    <message>
        <source>Close the sitting?</source>
        <translation>¿Cerrar la convocatoria?</translation>
    </message>
    <message numerus="yes">
        <source>%n student(s) are still writing: their papers are collected now. Nobody can begin any more.</source>
        <translation>
            <numerusform>%n estudiante sigue escribiendo: su examen se recoge ahora. Ya no podrá empezar nadie más.</numerusform>
            <numerusform>%n estudiantes siguen escribiendo: sus exámenes se recogen ahora. Ya no podrá empezar nadie más.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is writing. Nobody can begin any more.</source>
        <translation>Nadie está escribiendo. Ya no podrá empezar nadie más.</translation>
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
        <translation>Nada dicho</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Todavía no</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>En parte</translation>
    </message>
    <message>
        <source>Mostly</source>
        <translation>En gran parte</translation>
    </message>
    <message>
        <source>Fully</source>
        <translation>Del todo</translation>
    </message>
    <message>
        <source>The student&apos;s words that show it, one quote a line</source>
        <translation>Las palabras del estudiante que lo muestran, una cita por línea</translation>
    </message>
    <message>
        <source>What is good</source>
        <translation>Lo que está bien</translation>
    </message>
    <message>
        <source>The next step</source>
        <translation>El siguiente paso</translation>
    </message>
</context>
<context>
    <name>MarkingPage</name>
    <message>
        <source>A text</source>
        <translation>Un texto</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Your student sees what you keep here instead of the tutor&apos;s words, with your name. It is help, never a mark.</source>
        <translation>Tu estudiante ve lo que guardes aquí en lugar de las palabras del tutor, con tu nombre. Es ayuda, nunca una nota.</translation>
    </message>
    <message>
        <source>A word to the student</source>
        <translation>Unas palabras para el estudiante</translation>
    </message>
    <message>
        <source>Give it to the student</source>
        <translation>Dárselo al estudiante</translation>
    </message>
</context>
<context>
    <name>MatchInput</name>
    <message>
        <source>What belongs to: %1</source>
        <translation>Qué va con: %1</translation>
    </message>
    <message>
        <source>Right: %1</source>
        <translation>Correcto: %1</translation>
    </message>
</context>
<context>
    <name>MatchSelect</name>
    <message>
        <source>choose</source>
        <translation>elegir</translation>
    </message>
    <message>
        <source>used</source>
        <translation>usado</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>elegido</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Your message in other words</source>
        <translation>Tu mensaje con otras palabras</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
</context>
<context>
    <name>ModeSelect</name>
    <message>
        <source>How mistakes are treated</source>
        <translation>Cómo se tratan los errores</translation>
    </message>
    <message>
        <source>One correction</source>
        <translation>Una corrección</translation>
    </message>
    <message>
        <source>All corrections</source>
        <translation>Todo corregido</translation>
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
        <translation>ahora</translation>
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
        <translation>Salió de la ventana del examen</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Pegó texto</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was changed</source>
        <translation>Se cambió el reloj del ordenador</translation>
    </message>
    <message>
        <source>A second screen was connected</source>
        <translation>Se conectó una segunda pantalla</translation>
    </message>
    <message>
        <source>The answers do not form an unbroken chain</source>
        <translation>Las respuestas no forman una cadena continua</translation>
    </message>
    <message>
        <source>Voided</source>
        <translation>Anulado</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Collected late</source>
        <translation>Recogido tarde</translation>
    </message>
    <message>
        <source>Second device</source>
        <translation>Segundo dispositivo</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Bloqueado</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>Weak connection</source>
        <translation>Conexión débil</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Conviene mirar</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escribiendo</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Esperando</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Sin empezar</translation>
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
        <translation>ya entregado</translation>
    </message>
    <message>
        <source>this attempt was ended</source>
        <translation>este intento se terminó</translation>
    </message>
    <message>
        <source>the time is over</source>
        <translation>se acabó el tiempo</translation>
    </message>
    <message>
        <source>already paused</source>
        <translation>ya en pausa</translation>
    </message>
    <message>
        <source>not paused</source>
        <translation>no está en pausa</translation>
    </message>
    <message>
        <source>already locked</source>
        <translation>ya bloqueado</translation>
    </message>
    <message>
        <source>not locked</source>
        <translation>no está bloqueado</translation>
    </message>
    <message>
        <source>no second device has asked</source>
        <translation>ningún segundo dispositivo lo ha pedido</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>ahora no es posible</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n seleccionado</numerusform>
            <numerusform>%n seleccionados</numerusform>
        </translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>al día</translation>
    </message>
    <message numerus="yes">
        <source>as of %n seconds ago</source>
        <translation>
            <numerusform>de hace %n segundo</numerusform>
            <numerusform>de hace %n segundos</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody of them has started yet.</source>
        <translation>Ninguno de ellos ha empezado todavía.</translation>
    </message>
    <message>
        <source>There is nobody this can be done for now.</source>
        <translation>Ahora no se puede hacer con nadie.</translation>
    </message>
    <message>
        <source>For %1. The new end is %2.</source>
        <translation>Para %1. El nuevo final es a las %2.</translation>
    </message>
    <message>
        <source>For %1.</source>
        <translation>Para %1.</translation>
    </message>
    <message numerus="yes">
        <source>For %n students.</source>
        <translation>
            <numerusform>Para %n estudiante.</numerusform>
            <numerusform>Para %n estudiantes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>y %n más</numerusform>
            <numerusform>y %n más</numerusform>
        </translation>
    </message>
    <message>
        <source>That was taken back.</source>
        <translation>Se ha deshecho.</translation>
    </message>
    <message>
        <source>Give more time</source>
        <translation>Dar más tiempo</translation>
    </message>
    <message>
        <source>Give the time</source>
        <translation>Dar el tiempo</translation>
    </message>
    <message>
        <source>More time was given.</source>
        <translation>Se ha dado más tiempo.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Pause now</source>
        <translation>Pausar ahora</translation>
    </message>
    <message>
        <source>The exam is paused.</source>
        <translation>El examen está en pausa.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Go on now</source>
        <translation>Seguir ahora</translation>
    </message>
    <message>
        <source>The exam goes on.</source>
        <translation>El examen sigue.</translation>
    </message>
    <message>
        <source>Send a message</source>
        <translation>Enviar un mensaje</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>The message is on its way.</source>
        <translation>El mensaje va de camino.</translation>
    </message>
    <message>
        <source>Lock the answers</source>
        <translation>Bloquear las respuestas</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>The answers are locked.</source>
        <translation>Las respuestas están bloqueadas.</translation>
    </message>
    <message>
        <source>Unlock the answers</source>
        <translation>Desbloquear las respuestas</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Desbloquear</translation>
    </message>
    <message>
        <source>The answers are unlocked.</source>
        <translation>Las respuestas están desbloqueadas.</translation>
    </message>
    <message>
        <source>Collect the papers</source>
        <translation>Recoger los exámenes</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Recoger</translation>
    </message>
    <message>
        <source>The papers are being collected.</source>
        <translation>Se están recogiendo los exámenes.</translation>
    </message>
    <message>
        <source>Move to the second device</source>
        <translation>Pasar al segundo dispositivo</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Pasar</translation>
    </message>
    <message>
        <source>The exam moves to the other device.</source>
        <translation>El examen pasa al otro dispositivo.</translation>
    </message>
</context>
<context>
    <name>MonitorDrawer</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Respondida</translation>
    </message>
    <message>
        <source>Received of kept</source>
        <translation>Recibido de lo guardado</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Tiempo restante</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Visto por última vez</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Incidencias</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>Más tiempo</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Desbloquear</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>Move to the second device</source>
        <translation>Pasar al segundo dispositivo</translation>
    </message>
    <message>
        <source>Collect</source>
        <translation>Recoger</translation>
    </message>
</context>
<context>
    <name>MonitorTable</name>
    <message>
        <source>Students of this sitting</source>
        <translation>Estudiantes de esta convocatoria</translation>
    </message>
    <message>
        <source>Student</source>
        <translation>Estudiante</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Hechas</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Recibido</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Visto</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Tiempo</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>Nadie coincide</translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation>Aún no hay nadie</translation>
    </message>
    <message>
        <source>Change the search or choose another state.</source>
        <translation>Cambia la búsqueda o elige otro estado.</translation>
    </message>
    <message>
        <source>Students appear as soon as they belong to the class.</source>
        <translation>Los estudiantes aparecen en cuanto pertenecen a la clase.</translation>
    </message>
    <message>
        <source>%1, %2 answered, %3 received</source>
        <translation>%1, %2 respondidas, %3 recibidas</translation>
    </message>
    <message>
        <source>Select %1</source>
        <translation>Seleccionar a %1</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>Escribe</translation>
    </message>
</context>
<context>
    <name>Navigator</name>
    <message>
        <source>Welcome</source>
        <translation>Bienvenida</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Estudio</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repasar</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Práctica</translation>
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
        <translation>Revisar antes de entregar</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Justificante</translation>
    </message>
    <message>
        <source>Sittings</source>
        <translation>Convocatorias</translation>
    </message>
    <message>
        <source>Live monitor</source>
        <translation>Seguimiento en directo</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnóstico</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Apuntes</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Textos</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>Tu texto</translation>
    </message>
    <message>
        <source>A student&apos;s text</source>
        <translation>El texto de un estudiante</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Escenas</translation>
    </message>
    <message>
        <source>Lesson notes</source>
        <translation>Notas de clase</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Exámenes</translation>
    </message>
</context>
<context>
    <name>NotesPage</name>
    <message>
        <source>Notes</source>
        <translation>Apuntes</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>This unit has no notes</source>
        <translation>Esta unidad no tiene apuntes</translation>
    </message>
    <message>
        <source>Back to the units</source>
        <translation>Volver a las unidades</translation>
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
        <translation>Correcto</translation>
    </message>
    <message>
        <source>Not this one</source>
        <translation>Esta no</translation>
    </message>
    <message>
        <source>This was right</source>
        <translation>Esta era</translation>
    </message>
</context>
<context>
    <name>OrderInput</name>
    <message>
        <source>%1, place %2</source>
        <translation>%1, lugar %2</translation>
    </message>
    <message>
        <source>Move up: %1</source>
        <translation>Subir: %1</translation>
    </message>
    <message>
        <source>Move down: %1</source>
        <translation>Bajar: %1</translation>
    </message>
</context>
<context>
    <name>OutcomePoint</name>
    <message>
        <source>Next: %1</source>
        <translation>Siguiente paso: %1</translation>
    </message>
</context>
<context>
    <name>PaletteLayer</name>
    <message>
        <source>Go to a page or do something</source>
        <translation>Ve a una página o haz algo</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Órdenes</translation>
    </message>
    <message>
        <source>Nothing here has that name.</source>
        <translation>Aquí no hay nada con ese nombre.</translation>
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
        <translation>Cuenta ahora</translation>
    </message>
    <message>
        <source>Came after the end</source>
        <translation>Llegó después del final</translation>
    </message>
    <message>
        <source>Written on the other device</source>
        <translation>Escrito en el otro dispositivo</translation>
    </message>
    <message>
        <source>The paper had moved to a second device when this came. Both stay kept, whatever you decide.</source>
        <translation>El examen ya había pasado a un segundo dispositivo cuando llegó esto. Se conservan los dos, decidas lo que decidas.</translation>
    </message>
    <message>
        <source>Count what came late</source>
        <translation>Contar lo que llegó tarde</translation>
    </message>
    <message>
        <source>Count the other device&apos;s words</source>
        <translation>Contar lo del otro dispositivo</translation>
    </message>
    <message>
        <source>Leave it aside</source>
        <translation>Dejarlo aparte</translation>
    </message>
    <message>
        <source>It counts only if you say so. Whatever you decide is for everything that came late in this paper, and it stays kept.</source>
        <translation>Solo cuenta si tú lo dices. Lo que decidas vale para todo lo que llegó tarde en este examen, y queda guardado.</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Dejarlo fuera</translation>
    </message>
</context>
<context>
    <name>PapersController</name>
    <message>
        <source>True</source>
        <translation>Verdadero</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Falso</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 de %2 puntos</translation>
    </message>
    <message>
        <source>To be marked</source>
        <translation>Por corregir</translation>
    </message>
    <message>
        <source>Came after the end</source>
        <translation>Llegó después del final</translation>
    </message>
    <message>
        <source>From another device</source>
        <translation>De otro dispositivo</translation>
    </message>
    <message>
        <source>Nothing waits for you here.</source>
        <translation>Aquí no te espera nada.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to decide</source>
        <translation>
            <numerusform>%n cosa por decidir</numerusform>
            <numerusform>%n cosas por decidir</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a band for every criterion.</source>
        <translation>Elige una banda para cada criterio.</translation>
    </message>
    <message>
        <source>The mark is kept.</source>
        <translation>La nota está guardada.</translation>
    </message>
    <message>
        <source>What came late counts now.</source>
        <translation>Lo que llegó tarde ya cuenta.</translation>
    </message>
    <message>
        <source>The words of the other device count now.</source>
        <translation>Lo escrito en el otro dispositivo ya cuenta.</translation>
    </message>
    <message>
        <source>The words of the other device stay aside.</source>
        <translation>Lo escrito en el otro dispositivo queda aparte.</translation>
    </message>
    <message>
        <source>%1, changes not kept yet</source>
        <translation>%1, con cambios sin guardar</translation>
    </message>
    <message>
        <source>Begun, not kept yet</source>
        <translation>Empezado, sin guardar</translation>
    </message>
    <message>
        <source>What came late does not count. It stays kept.</source>
        <translation>Lo que llegó tarde no cuenta. Queda guardado.</translation>
    </message>
</context>
<context>
    <name>PapersPage</name>
    <message>
        <source>Papers</source>
        <translation>Exámenes</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Nothing waits for you here</source>
        <translation>Aquí no te espera nada</translation>
    </message>
    <message>
        <source>Essays to mark, words that came late and words of a second device appear here when papers are in.</source>
        <translation>Las redacciones por corregir, lo que llegó tarde y lo de un segundo dispositivo aparecen aquí cuando hay exámenes entregados.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Volver a mirar</translation>
    </message>
    <message>
        <source>Change a result that is out?</source>
        <translation>¿Cambiar un resultado ya publicado?</translation>
    </message>
    <message>
        <source>The results are already released; the student will see the change.</source>
        <translation>Los resultados ya están publicados; el estudiante verá el cambio.</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Cambiarlo</translation>
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
        <translation>Guardado. Compáralo con los consejos de abajo o enséñaselo a tu profesor.</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcto</translation>
    </message>
    <message>
        <source>Partly right</source>
        <translation>En parte</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Todavía no</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 de %2 puntos</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Aprobado</translation>
    </message>
    <message>
        <source>Not passed yet</source>
        <translation>Aún no aprobado</translation>
    </message>
    <message>
        <source>%1 % of the paper.</source>
        <translation>%1 % del examen.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) that only a person can mark are not counted.</source>
        <translation>
            <numerusform>No se cuenta %n respuesta que solo puede corregir una persona.</numerusform>
            <numerusform>No se cuentan %n respuestas que solo puede corregir una persona.</numerusform>
        </translation>
    </message>
    <message>
        <source>Practice finished</source>
        <translation>Práctica terminada</translation>
    </message>
</context>
<context>
    <name>PracticePage</name>
    <message>
        <source>Practice</source>
        <translation>Práctica</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Entregar</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Otra vez</translation>
    </message>
    <message>
        <source>Back to the units</source>
        <translation>Volver a las unidades</translation>
    </message>
    <message>
        <source>The practice stopped</source>
        <translation>La práctica se ha detenido</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
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
        <translation>%1: sin responder</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Enséñamelo</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminar</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Comprobar</translation>
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
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
    <message>
        <source>Show the names</source>
        <translation>Mostrar los nombres</translation>
    </message>
    <message>
        <source>Hide the names</source>
        <translation>Ocultar los nombres</translation>
    </message>
</context>
<context>
    <name>ReadAloud</name>
    <message>
        <source>Looking for voices</source>
        <translation>Buscando voces</translation>
    </message>
    <message>
        <source>This computer has no voice yet. On Debian and Ubuntu the packages speech-dispatcher and speech-dispatcher-espeak-ng bring one.</source>
        <translation>Este ordenador aún no tiene voz. En Debian y Ubuntu la traen los paquetes speech-dispatcher y speech-dispatcher-espeak-ng.</translation>
    </message>
    <message>
        <source>This computer has voices, but none for the language of your course (%1).</source>
        <translation>Este ordenador tiene voces, pero ninguna para el idioma de tu curso (%1).</translation>
    </message>
    <message>
        <source>Below every reply of the tutor is a button that reads it, one sentence at a time.</source>
        <translation>Debajo de cada respuesta del tutor hay un botón que la lee, frase a frase.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>The computer's voice could not say this.</source>
        <translation>La voz del ordenador no ha podido decir esto.</translation>
    </message>
    <message>
        <source>The computer's voice does not answer any more, so the reading has stopped.</source>
        <translation>La voz del ordenador ya no responde, así que la lectura se ha detenido.</translation>
    </message>
</context>
<context>
    <name>ReadAloudButton</name>
    <message>
        <source>Stop reading</source>
        <translation>Dejar de leer</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Leer en voz alta</translation>
    </message>
</context>
<context>
    <name>ReadAloudLine</name>
    <message>
        <source>Waiting for the next sentence</source>
        <translation>Esperando la frase siguiente</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Dejar de leer</translation>
    </message>
    <message>
        <source>Stop reading (%1)</source>
        <translation>Dejar de leer (%1)</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>Receipt</source>
        <translation>Justificante</translation>
    </message>
    <message>
        <source>To the start page</source>
        <translation>Al inicio</translation>
    </message>
</context>
<context>
    <name>RecordInput</name>
    <message>
        <source>Speaking is recorded in the classroom. Go on to the next question.</source>
        <translation>La parte oral se graba en clase. Pasa a la siguiente pregunta.</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Another name for this talk</source>
        <translation>Otro nombre para esta charla</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar el nombre</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
</context>
<context>
    <name>ReplyEnd</name>
    <message>
        <source>Try now</source>
        <translation>Probar ya</translation>
    </message>
    <message>
        <source>Use another model now</source>
        <translation>Usar ya otro modelo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Copy this reply</source>
        <translation>Copiar esta respuesta</translation>
    </message>
    <message>
        <source>Another reply</source>
        <translation>Otra respuesta</translation>
    </message>
    <message>
        <source>Simpler</source>
        <translation>Más sencillo</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Explicar</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>Mostrar la respuesta</translation>
    </message>
    <message>
        <source>All lesson notes</source>
        <translation>Todas las notas de clase</translation>
    </message>
    <message>
        <source>Send it to my teacher</source>
        <translation>Enviárselo a mi profesor</translation>
    </message>
    <message>
        <source>This may be hard to read. “Simpler” says it again in easier words.</source>
        <translation>Puede que esto sea difícil de leer. «Más sencillo» lo dice otra vez con palabras más fáciles.</translation>
    </message>
    <message>
        <source>Save a word</source>
        <translation>Guardar una palabra</translation>
    </message>
    <message>
        <source>From your course</source>
        <translation>De tu curso</translation>
    </message>
    <message>
        <source>From your course:</source>
        <translation>De tu curso:</translation>
    </message>
    <message>
        <source>You reported this reply to your teachers</source>
        <translation>Has avisado de esta respuesta a tus profesores</translation>
    </message>
    <message>
        <source>This reply is wrong or not suitable</source>
        <translation>Esta respuesta es incorrecta o inadecuada</translation>
    </message>
    <message>
        <source>Another hint</source>
        <translation>Otra pista</translation>
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
        <translation>Mostrar menos</translation>
    </message>
    <message>
        <source>Show all of the reply</source>
        <translation>Mostrar toda la respuesta</translation>
    </message>
    <message>
        <source>I have looked at it</source>
        <translation>Ya lo he visto</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>It says something wrong</source>
        <translation>Dice algo incorrecto</translation>
    </message>
    <message>
        <source>It is too hard or too easy</source>
        <translation>Es demasiado difícil o demasiado fácil</translation>
    </message>
    <message>
        <source>It is unkind or does not belong here</source>
        <translation>Es desagradable o no viene al caso</translation>
    </message>
    <message>
        <source>It frightens me or could hurt somebody</source>
        <translation>Me asusta o podría hacer daño a alguien</translation>
    </message>
    <message>
        <source>It asks for private things</source>
        <translation>Pregunta cosas privadas</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Otra cosa</translation>
    </message>
    <message>
        <source>What is wrong with this reply?</source>
        <translation>¿Qué le pasa a esta respuesta?</translation>
    </message>
    <message>
        <source>Your teachers get the words of this reply and what you say here, not your talk. It also goes later, when there is a network again.</source>
        <translation>Tus profesores reciben el texto de esta respuesta y lo que digas aquí, no tu conversación. Sin red, se envía más tarde.</translation>
    </message>
    <message>
        <source>Report it</source>
        <translation>Avisar</translation>
    </message>
    <message>
        <source>In your words, if you like</source>
        <translation>Con tus palabras, si quieres</translation>
    </message>
</context>
<context>
    <name>ReportsController</name>
    <message>
        <source>It says something wrong</source>
        <translation>Dice algo incorrecto</translation>
    </message>
    <message>
        <source>It is too hard or too easy</source>
        <translation>Es demasiado difícil o demasiado fácil</translation>
    </message>
    <message>
        <source>It is unkind or does not belong here</source>
        <translation>Es desagradable o no viene al caso</translation>
    </message>
    <message>
        <source>It frightens or could hurt somebody</source>
        <translation>Asusta o podría hacer daño a alguien</translation>
    </message>
    <message>
        <source>It asks for private things</source>
        <translation>Pregunta cosas privadas</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Otra cosa</translation>
    </message>
    <message>
        <source>Notes tutor</source>
        <translation>Tutor de apuntes</translation>
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
        <translation>No hay nada por repasar.</translation>
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
            <numerusform>%n día</numerusform>
            <numerusform>%n días</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 mo</source>
        <comment>months</comment>
        <translation>%1 meses</translation>
    </message>
    <message>
        <source>%1 y</source>
        <comment>years</comment>
        <translation>%1 años</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) reviewed. They come back when it is time.</source>
        <translation>
            <numerusform>%n tarjeta repasada. Vuelve cuando toque.</numerusform>
            <numerusform>%n tarjetas repasadas. Vuelven cuando toque.</numerusform>
        </translation>
    </message>
    <message>
        <source>The next one is due in %1.</source>
        <translation>La próxima toca dentro de %1.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repasar</translation>
    </message>
    <message>
        <source>Learn again</source>
        <translation>Reaprender</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Aprendiendo</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>Repasar</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nuevas</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>due</source>
        <translation>pendientes</translation>
    </message>
    <message>
        <source>Done for now</source>
        <translation>Listo por ahora</translation>
    </message>
    <message>
        <source>All reviewed</source>
        <translation>Todo repasado</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>The review stopped</source>
        <translation>El repaso se ha detenido</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>Mostrar la respuesta</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Otra vez</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>Difícil</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Bien</translation>
    </message>
    <message>
        <source>Easy</source>
        <translation>Fácil</translation>
    </message>
</context>
<context>
    <name>SaveWordDialog</name>
    <message>
        <source>Save a word</source>
        <translation>Guardar una palabra</translation>
    </message>
    <message>
        <source>It comes back in your reviews, with the sentence you met it in.</source>
        <translation>Vuelve a salir en tus repasos, con la frase en la que la encontraste.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>The word</source>
        <translation>La palabra</translation>
    </message>
    <message>
        <source>What it means, if you like</source>
        <translation>Qué significa, si quieres</translation>
    </message>
</context>
<context>
    <name>ScenesPage</name>
    <message>
        <source>Scenes</source>
        <translation>Escenas</translation>
    </message>
    <message>
        <source>The tutor plays somebody, you are yourself</source>
        <translation>El tutor hace un papel, tú eres tú</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Your level</source>
        <translation>Tu nivel</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Play: %1</source>
        <translation>Empezar: %1</translation>
    </message>
</context>
<context>
    <name>SecondStepSetting</name>
    <message>
        <source>Two-step verification</source>
        <translation>Verificación en dos pasos</translation>
    </message>
    <message>
        <source>On. Signing in asks for a code of your authenticator app.</source>
        <translation>Activada. Al iniciar sesión se pide un código de tu aplicación de autenticación.</translation>
    </message>
    <message>
        <source>Off. Nobody gets in with your password alone when it is on.</source>
        <translation>Desactivada. Con ella nadie entra solo con tu contraseña.</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Desactivar</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Configurar</translation>
    </message>
    <message>
        <source>Scan this with your authenticator app, then enter the six digits it shows.</source>
        <translation>Escanea esto con tu aplicación de autenticación y escribe las seis cifras que muestre.</translation>
    </message>
    <message>
        <source>QR code for your authenticator app</source>
        <translation>Código QR para tu aplicación de autenticación</translation>
    </message>
    <message>
        <source>No camera? Type this key into the app: %1</source>
        <translation>¿Sin cámara? Escribe esta clave en la aplicación: %1</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>Seis cifras</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>Activar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Turn two-step verification off?</source>
        <translation>¿Desactivar la verificación en dos pasos?</translation>
    </message>
    <message>
        <source>From then on your password alone is enough to sign in.</source>
        <translation>A partir de entonces bastará tu contraseña para entrar.</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>Leave; everything is kept</source>
        <translation>Salir; todo se guarda</translation>
    </message>
    <message>
        <source>Progress of this session</source>
        <translation>Avance de esta sesión</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Invitado</translation>
    </message>
    <message>
        <source>Everything you do stays on this computer.</source>
        <translation>Todo lo que haces se queda en este ordenador.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Academy</source>
        <translation>Academia</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Language and appearance</source>
        <translation>Idioma y aspecto</translation>
    </message>
    <message>
        <source>Language of the program</source>
        <translation>Idioma del programa</translation>
    </message>
    <message>
        <source>Changes at once.</source>
        <translation>Cambia al momento.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto más pequeño</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texto más grande</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste alto</translation>
    </message>
    <message>
        <source>Black, white and strong lines.</source>
        <translation>Blanco, negro y líneas marcadas.</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Menos movimiento</translation>
    </message>
    <message>
        <source>Nothing glides or fades.</source>
        <translation>Nada se desliza ni se desvanece.</translation>
    </message>
    <message>
        <source>Privacy and storage</source>
        <translation>Privacidad y almacenamiento</translation>
    </message>
    <message>
        <source>What leaves this computer</source>
        <translation>Qué sale de este ordenador</translation>
    </message>
    <message>
        <source>To your academy: your answers, reviews and progress. To a tutor: what you write to it. Nothing else, and nothing to us.</source>
        <translation>A tu academia: tus respuestas, repasos y avances. A un tutor: lo que le escribes. Nada más, y nada a nosotros.</translation>
    </message>
    <message>
        <source>Where your data is</source>
        <translation>Dónde están tus datos</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copiar la ruta</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Acerca de</translation>
    </message>
    <message>
        <source>Neolingus %1</source>
        <translation>Neolingus %1</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Software libre bajo la Licencia Pública General de GNU, versión 3 o posterior. Sin ninguna garantía.</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Créditos</translation>
    </message>
    <message>
        <source>Qt, under the LGPL 3 · Inter, the typeface, by Rasmus Andersson and others, under the SIL Open Font License 1.1 · Lucide, the icons, under the ISC License · SQLite, public domain · QtKeychain, under the BSD License · OpenSSL, under the Apache License 2.0 · libzip, under the BSD License · FSRS, the review schedule, by Jarrett Ye and the open spaced repetition community</source>
        <translation>Qt, con licencia LGPL 3 · Inter, el tipo de letra, de Rasmus Andersson y otros, con licencia SIL Open Font License 1.1 · Lucide, los iconos, con licencia ISC · SQLite, de dominio público · QtKeychain, con licencia BSD · OpenSSL, con licencia Apache 2.0 · libzip, con licencia BSD · FSRS, el calendario de repasos, de Jarrett Ye y la comunidad de repetición espaciada libre</translation>
    </message>
    <message>
        <source>Create an account</source>
        <translation>Crear una cuenta</translation>
    </message>
</context>
<context>
    <name>ShortInput</name>
    <message>
        <source>Key word</source>
        <translation>Palabra clave</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Correcto</translation>
    </message>
    <message>
        <source>Right would be: %1</source>
        <translation>Lo correcto sería: %1</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Todavía no</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Make an account</source>
        <translation>Crear una cuenta</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Academy</source>
        <translation>Academia</translation>
    </message>
    <message>
        <source>The address your academy gave you.</source>
        <translation>La dirección que te dio tu academia.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Tu nombre</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Un momento</translation>
    </message>
    <message>
        <source>I have an account already</source>
        <translation>Ya tengo una cuenta</translation>
    </message>
    <message>
        <source>I have no account yet</source>
        <translation>Aún no tengo cuenta</translation>
    </message>
    <message>
        <source>This computer has no keychain: you will be asked to sign in again after closing Neolingus.</source>
        <translation>Este ordenador no tiene llavero: tendrás que iniciar sesión de nuevo después de cerrar Neolingus.</translation>
    </message>
    <message>
        <source>Public key of the academy</source>
        <translation>Clave pública de la academia</translation>
    </message>
    <message>
        <source>Your code</source>
        <translation>Tu código</translation>
    </message>
    <message>
        <source>Go on in the browser</source>
        <translation>Sigue en el navegador</translation>
    </message>
    <message>
        <source>Second step</source>
        <translation>Segundo paso</translation>
    </message>
    <message>
        <source>We sent six digits to %1. They work for one hour.</source>
        <translation>Hemos enviado seis cifras a %1. Sirven durante una hora.</translation>
    </message>
    <message>
        <source>Sign in on the page that has opened. This window goes on by itself.</source>
        <translation>Inicia sesión en la página que se ha abierto. Esta ventana seguirá sola.</translation>
    </message>
    <message>
        <source>Enter the six digits your authenticator app shows now.</source>
        <translation>Escribe las seis cifras que muestra ahora tu aplicación de autenticación.</translation>
    </message>
    <message>
        <source>What you studied as a guest comes with you.</source>
        <translation>Lo que estudiaste sin cuenta se viene contigo.</translation>
    </message>
    <message>
        <source>Also called the anon or publishable key. It is not a secret.</source>
        <translation>También llamada clave «anon» o «publishable». No es secreta.</translation>
    </message>
    <message>
        <source>Six digits</source>
        <translation>Seis cifras</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Send me a code</source>
        <translation>Envíame un código</translation>
    </message>
    <message>
        <source>Use a password</source>
        <translation>Usar una contraseña</translation>
    </message>
    <message>
        <source>Use a code by e-mail</source>
        <translation>Usar un código por correo</translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation>Continuar con %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Another code in %1 s</source>
        <translation>Otro código en %1 s</translation>
    </message>
    <message>
        <source>Send another code</source>
        <translation>Enviar otro código</translation>
    </message>
    <message>
        <source>No page? Open this address yourself: %1</source>
        <translation>¿No se abre? Abre tú esta dirección: %1</translation>
    </message>
    <message>
        <source>A demo academy sends no e-mail. Read yours at %1</source>
        <translation>Una academia de prueba no envía correo. Lee el tuyo en %1</translation>
    </message>
    <message>
        <source>My teacher set it up again: compare the words</source>
        <translation>Mi profesor la ha instalado de nuevo: comparar las palabras</translation>
    </message>
    <message>
        <source>What you did so far stays yours.</source>
        <translation>Lo que has hecho hasta ahora sigue siendo tuyo.</translation>
    </message>
    <message>
        <source>Try it without an account</source>
        <translation>Probar sin cuenta</translation>
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
        <translation>Entrar</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Read your teacher's words</source>
        <translation>Leer las palabras de tu profesor</translation>
    </message>
    <message>
        <source>Hide your teacher's words</source>
        <translation>Ocultar las palabras de tu profesor</translation>
    </message>
</context>
<context>
    <name>SittingWords</name>
    <message>
        <source>Open</source>
        <translation>Abierta</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Cerrada</translation>
    </message>
    <message>
        <source>Results released</source>
        <translation>Resultados publicados</translation>
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
            <numerusform>%n minuto</numerusform>
            <numerusform>%n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students</source>
        <translation>
            <numerusform>%n estudiante</numerusform>
            <numerusform>%n estudiantes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 started, %3 handed in</source>
        <translation>%1 de %2 han empezado, %3 han entregado</translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) are not marked yet. Their results show no verdict until they are.</source>
        <translation>
            <numerusform>%n examen está sin corregir. Su resultado no dice si está aprobado hasta que lo esté.</numerusform>
            <numerusform>%n exámenes están sin corregir. Sus resultados no dicen si están aprobados hasta que lo estén.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) are with the students.</source>
        <translation>
            <numerusform>%n resultado ya está con los estudiantes.</numerusform>
            <numerusform>%n resultados ya están con los estudiantes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) still wait for a mark: see Papers.</source>
        <translation>
            <numerusform>%n examen espera aún una nota: mira en Exámenes.</numerusform>
            <numerusform>%n exámenes esperan aún una nota: mira en Exámenes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paper(s) could not be graded, because the key of the exam has a mistake. Correct it and release again.</source>
        <translation>
            <numerusform>%n examen no se pudo puntuar, porque la clave del examen tiene un error. Corrígela y vuelve a publicar.</numerusform>
            <numerusform>%n exámenes no se pudieron puntuar, porque la clave del examen tiene un error. Corrígela y vuelve a publicar.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SittingsPage</name>
    <message>
        <source>Sittings</source>
        <translation>Convocatorias</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>No sittings yet</source>
        <translation>Aún no hay convocatorias</translation>
    </message>
    <message>
        <source>Sittings that your academy schedules for your classes appear here.</source>
        <translation>Aquí aparecen las convocatorias que tu academia programa para tus clases.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Mirar de nuevo</translation>
    </message>
    <message>
        <source>Release results</source>
        <translation>Publicar resultados</translation>
    </message>
    <message>
        <source>Open the sitting</source>
        <translation>Abrir la convocatoria</translation>
    </message>
    <message>
        <source>Watch live</source>
        <translation>Ver en directo</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Exámenes</translation>
    </message>
    <message>
        <source>See the monitor</source>
        <translation>Ver el seguimiento</translation>
    </message>
    <message>
        <source>Release the rest</source>
        <translation>Publicar el resto</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Cargando</translation>
    </message>
</context>
<context>
    <name>SkillRing</name>
    <message>
        <source>%1 percent, %2</source>
        <translation>%1 por ciento, %2</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>Aún sin medir</translation>
    </message>
    <message>
        <source>not yet measured</source>
        <translation>aún sin medir</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>sin cambios</translation>
    </message>
    <message>
        <source>▲ %1 this week</source>
        <translation>▲ %1 esta semana</translation>
    </message>
    <message>
        <source>▼ %1 this week</source>
        <translation>▼ %1 esta semana</translation>
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
            <numerusform>%n tarjeta</numerusform>
            <numerusform>%n tarjetas</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 exercises done</source>
        <translation>%1 de %2 ejercicios hechos</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n pregunta</numerusform>
            <numerusform>%n preguntas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minuto</numerusform>
            <numerusform>%n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) to review</source>
        <translation>
            <numerusform>%n tarjeta por repasar</numerusform>
            <numerusform>%n tarjetas por repasar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and up to %n new one(s) today</source>
        <translation>
            <numerusform>y hasta %n nueva hoy</numerusform>
            <numerusform>y hasta %n nuevas hoy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new card(s) to learn</source>
        <translation>
            <numerusform>%n tarjeta nueva por aprender</numerusform>
            <numerusform>%n tarjetas nuevas por aprender</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is due for review now</source>
        <translation>No hay nada pendiente de repaso ahora</translation>
    </message>
    <message>
        <source>All reviewed for now</source>
        <translation>Todo repasado por ahora</translation>
    </message>
    <message>
        <source>Your cards come back when it is time</source>
        <translation>Tus tarjetas vuelven cuando toca</translation>
    </message>
</context>
<context>
    <name>StudyPage</name>
    <message>
        <source>Study</source>
        <translation>Estudio</translation>
    </message>
    <message>
        <source>Your units could not be opened</source>
        <translation>No se pudieron abrir tus unidades</translation>
    </message>
    <message>
        <source>No units yet</source>
        <translation>Aún no hay unidades</translation>
    </message>
    <message>
        <source>Units come with the program or from your academy.</source>
        <translation>Las unidades vienen con el programa o de tu academia.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repasar</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Unidades</translation>
    </message>
    <message>
        <source>Mock exams</source>
        <translation>Simulacros de examen</translation>
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
        <translation>Un texto tuyo</translation>
    </message>
    <message>
        <source>A new talk</source>
        <translation>Una charla nueva</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Help me outside the scene</source>
        <translation>Ayúdame fuera de la escena</translation>
    </message>
    <message>
        <source>End the scene</source>
        <translation>Terminar la escena</translation>
    </message>
    <message>
        <source>Look back</source>
        <translation>Repasar la charla</translation>
    </message>
    <message>
        <source>Give this talk another name</source>
        <translation>Dar otro nombre a esta charla</translation>
    </message>
    <message>
        <source>About this exercise</source>
        <translation>Sobre este ejercicio</translation>
    </message>
    <message>
        <source>To the exercise</source>
        <translation>Al ejercicio</translation>
    </message>
</context>
<context>
    <name>TeachingWords</name>
    <message>
        <source>Choice of words</source>
        <translation>Elección de palabras</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>Ortografía</translation>
    </message>
    <message>
        <source>Word order</source>
        <translation>Orden de las palabras</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Tono</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Tense</source>
        <translation>Tiempo verbal</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Concordancia</translation>
    </message>
    <message>
        <source>Grammar</source>
        <translation>Gramática</translation>
    </message>
    <message>
        <source>%1: better “%2” than “%3”. %4</source>
        <translation>%1: mejor «%2» que «%3». %4</translation>
    </message>
    <message>
        <source>better “%1” than “%2”</source>
        <translation>mejor «%1» que «%2»</translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s): %1.</source>
        <translation>
            <numerusform>%n corrección: %1.</numerusform>
            <numerusform>%n correcciones: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>How it went: %1</source>
        <translation>Cómo ha ido: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Not this time</source>
        <translation>Esta vez no</translation>
    </message>
    <message>
        <source>What stays of this talk</source>
        <translation>Lo que queda de esta charla</translation>
    </message>
    <message>
        <source>Feedback on your text</source>
        <translation>Comentarios sobre tu texto</translation>
    </message>
    <message>
        <source>Nothing that could be shown in your text was said about: %1.</source>
        <translation>No se ha dicho nada que se pueda mostrar en tu texto sobre: %1.</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Todavía no</translation>
    </message>
    <message>
        <source>Mostly</source>
        <translation>En gran parte</translation>
    </message>
    <message>
        <source>Fully</source>
        <translation>Del todo</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>En parte</translation>
    </message>
    <message>
        <source>Help from a tutor, not an official mark. Your teacher can correct it.</source>
        <translation>Ayuda de un tutor, no una nota oficial. Tu profesor puede corregirla.</translation>
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
        <translation>Neutro</translation>
    </message>
    <message>
        <source>It asks for something private. A tutor never needs to know it.</source>
        <translation>Pregunta algo privado. Un tutor nunca necesita saberlo.</translation>
    </message>
    <message>
        <source>It speaks of a mark or a pass. No tutor can promise one.</source>
        <translation>Habla de una nota o de aprobar. Ningún tutor puede prometerlo.</translation>
    </message>
    <message>
        <source>It corrected words that you did not write; that is left out.</source>
        <translation>Ha corregido palabras que no has escrito; eso se ha quitado.</translation>
    </message>
    <message>
        <source>It praises a sentence that has a mistake in it.</source>
        <translation>Elogia una frase que tiene un error.</translation>
    </message>
    <message>
        <source>It gives the answer away before you had your tries.</source>
        <translation>Da la respuesta antes de que hayas podido probar.</translation>
    </message>
    <message>
        <source>It corrects you although mistakes were to wait until the end.</source>
        <translation>Te corrige aunque los errores debían esperar al final.</translation>
    </message>
    <message>
        <source>It corrects more at once than you asked for.</source>
        <translation>Corrige de una vez más de lo que has pedido.</translation>
    </message>
    <message>
        <source>Some words are above %1: %2.</source>
        <translation>Algunas palabras superan el nivel %1: %2.</translation>
    </message>
    <message>
        <source>Its sentences are long for %1.</source>
        <translation>Sus frases son largas para %1.</translation>
    </message>
    <message>
        <source>It is longer than a reply for %1 should be.</source>
        <translation>Es más larga de lo que conviene en %1.</translation>
    </message>
</context>
<context>
    <name>TimeText</name>
    <message>
        <source>Yesterday</source>
        <translation>Ayer</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Mañana</translation>
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
        <translation>d &apos;de&apos; MMMM &apos;de&apos; yyyy</translation>
    </message>
</context>
<context>
    <name>TimerLabel</name>
    <message>
        <source>Time left</source>
        <translation>Tiempo restante</translation>
    </message>
</context>
<context>
    <name>ToastLayer</name>
    <message>
        <source>Put away</source>
        <translation>Quitar</translation>
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
        <translation>Verdadero</translation>
    </message>
    <message>
        <source>F</source>
        <comment>short for false</comment>
        <translation>F</translation>
    </message>
    <message>
        <source>False</source>
        <translation>Falso</translation>
    </message>
</context>
<context>
    <name>TrustDialog</name>
    <message>
        <source>Compare six words</source>
        <translation>Compara seis palabras</translation>
    </message>
    <message>
        <source>%1 vouches for itself, as academies in a classroom do. The teacher&apos;s screen shows the same six words:</source>
        <translation>%1 responde de sí misma, como hacen las academias de un aula. La pantalla del profesor muestra las mismas seis palabras:</translation>
    </message>
    <message>
        <source>Trust this academy</source>
        <translation>Confiar en esta academia</translation>
    </message>
    <message>
        <source>The six words</source>
        <translation>Las seis palabras</translation>
    </message>
    <message>
        <source>If they differ, cancel and tell your teacher: somebody could be listening in between.</source>
        <translation>Si no coinciden, cancela y avisa a tu profesor: alguien podría estar escuchando por el camino.</translation>
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
        <translation>Responde el primero que puede. Si no puede, responde el siguiente, y la respuesta lo dice.</translation>
    </message>
    <message>
        <source>Servers on this computer</source>
        <translation>Servidores en este ordenador</translation>
    </message>
    <message>
        <source>Looking for Ollama, llama.cpp and LM Studio</source>
        <translation>Buscando Ollama, llama.cpp y LM Studio</translation>
    </message>
    <message>
        <source>Ollama, llama.cpp and LM Studio are found by themselves when they run.</source>
        <translation>Ollama, llama.cpp y LM Studio se encuentran solos cuando están en marcha.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Mirar de nuevo</translation>
    </message>
    <message>
        <source>Most in a day</source>
        <translation>Máximo al día</translation>
    </message>
    <message>
        <source>Tokens; a page of talk is about a thousand. Notes and servers on this computer are free.</source>
        <translation>Tokens; una página de conversación son unos mil. Los apuntes y los servidores de este ordenador no cuentan.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
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
        <translation>Lo que se ha usado</translation>
    </message>
    <message>
        <source>Most money in a day</source>
        <translation>Lo máximo en dinero al día</translation>
    </message>
    <message>
        <source>In dollars, at the prices of the providers. The academy keeps a limit of its own.</source>
        <translation>En dólares, a los precios de los proveedores. La academia tiene su propio límite.</translation>
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
        <translation>Lectura en voz alta</translation>
    </message>
    <message>
        <source>Pace of reading aloud</source>
        <translation>Ritmo de la lectura en voz alta</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lento</translation>
    </message>
    <message>
        <source>Read new replies by themselves</source>
        <translation>Leer las respuestas nuevas por sí solas</translation>
    </message>
    <message>
        <source>Sentence by sentence, while the tutor still writes.</source>
        <translation>Frase a frase, mientras el tutor aún escribe.</translation>
    </message>
</context>
<context>
    <name>TutorChoice</name>
    <message>
        <source>Ask %1 earlier</source>
        <translation>Preguntar antes a %1</translation>
    </message>
    <message>
        <source>Ask %1 later</source>
        <translation>Preguntar después a %1</translation>
    </message>
    <message>
        <source>Ask %1</source>
        <translation>Preguntar a %1</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Model of %1</source>
        <translation>Modelo de %1</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Ninguno todavía</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clave</translation>
    </message>
    <message>
        <source>A key is kept</source>
        <translation>Hay una clave guardada</translation>
    </message>
    <message>
        <source>Kept in this computer&apos;s keychain, never in a file and never at the academy.</source>
        <translation>Se guarda en el llavero de este ordenador, nunca en un archivo ni en la academia.</translation>
    </message>
    <message>
        <source>This computer has no keychain: the key is forgotten when Neolingus closes.</source>
        <translation>Este ordenador no tiene llavero: la clave se olvida al cerrar Neolingus.</translation>
    </message>
    <message>
        <source>Try and keep</source>
        <translation>Probar y guardar</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>As the server calls it. A key that works brings the list.</source>
        <translation>Como lo llama el servidor. Una clave que funciona trae la lista.</translation>
    </message>
</context>
<context>
    <name>TutorController</name>
    <message>
        <source>Waiting for its turn</source>
        <translation>Esperando su turno</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Conectando</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Pensando</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escribiendo</translation>
    </message>
    <message>
        <source>You stopped this reply</source>
        <translation>Detuviste esta respuesta</translation>
    </message>
    <message>
        <source>The reply was interrupted; what arrived is kept</source>
        <translation>La respuesta se interrumpió; lo que llegó se conserva</translation>
    </message>
    <message>
        <source>No reply</source>
        <translation>Sin respuesta</translation>
    </message>
    <message>
        <source>Waiting: number %1 in the queue</source>
        <translation>Esperando: número %1 en la cola</translation>
    </message>
    <message numerus="yes">
        <source>The next message can go in %n second(s).</source>
        <translation>
            <numerusform>El próximo mensaje puede salir en %n segundo.</numerusform>
            <numerusform>El próximo mensaje puede salir en %n segundos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Notes tutor</source>
        <translation>Tutor de apuntes</translation>
    </message>
    <message>
        <source>The conversation was deleted.</source>
        <translation>La conversación se ha borrado.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>There is no other tutor. Add one in the settings.</source>
        <translation>No hay otro tutor. Añade uno en los ajustes.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n second(s)</source>
        <translation>
            <numerusform>Otro intento en %n segundo</numerusform>
            <numerusform>Otro intento en %n segundos</numerusform>
        </translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>Probando otra vez</translation>
    </message>
    <message>
        <source>%1 could not answer, so another tutor did.</source>
        <translation>%1 no ha podido responder; lo ha hecho otro tutor.</translation>
    </message>
    <message>
        <source>first word after %1 s</source>
        <translation>primera palabra a los %1 s</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 tokens</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>unos %1</translation>
    </message>
    <message>
        <source>$%1</source>
        <translation>%1 $</translation>
    </message>
    <message>
        <source>A tutor is only a program. If things are bad, talk to somebody you trust, or call 112.</source>
        <translation>Un tutor es solo un programa. Si lo estás pasando mal, habla con alguien de confianza o llama al 112.</translation>
    </message>
    <message>
        <source>This looks like something private. A tutor never needs to know it.</source>
        <translation>Esto parece algo privado. Un tutor nunca necesita saberlo.</translation>
    </message>
    <message>
        <source>Please leave your role for a moment and help me.</source>
        <translation>Deja tu papel un momento y ayúdame, por favor.</translation>
    </message>
    <message>
        <source>“%1” is among your cards now.</source>
        <translation>«%1» ya está entre tus tarjetas.</translation>
    </message>
    <message>
        <source>Cut at its longest length. “Continue” brings the rest.</source>
        <translation>Cortada al llegar a su longitud máxima. «Continuar» trae el resto.</translation>
    </message>
    <message>
        <source>The provider&apos;s safety filter ended this reply. Ask in other words, or go on with your lesson.</source>
        <translation>El filtro de seguridad del proveedor ha terminado esta respuesta. Pregunta con otras palabras o sigue con la lección.</translation>
    </message>
    <message>
        <source>The talk has become too long for this model, so the reply stops here. Start a new talk.</source>
        <translation>La conversación se ha hecho demasiado larga para este modelo, por eso la respuesta acaba aquí. Empieza otra.</translation>
    </message>
    <message>
        <source>The model wanted to use a tool, which tutors here may not. Ask for another reply.</source>
        <translation>El modelo quería usar una herramienta, y aquí los tutores no pueden. Pide otra respuesta.</translation>
    </message>
    <message>
        <source>The provider paused this reply before its end. Ask for another reply.</source>
        <translation>El proveedor ha detenido esta respuesta antes de acabar. Pide otra respuesta.</translation>
    </message>
    <message>
        <source>Thank you. Your teachers will see this reply and why you reported it.</source>
        <translation>Gracias. Tus profesores verán esta respuesta y por qué has avisado.</translation>
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
        <translation>Respuestas de los apuntes de tu curso, en este ordenador</translation>
    </message>
    <message>
        <source>Answers by %1</source>
        <translation>Responde %1</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nueva</translation>
    </message>
    <message>
        <source>Find a conversation</source>
        <translation>Buscar un chat</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversaciones</translation>
    </message>
    <message>
        <source>Ask about your course</source>
        <translation>Pregunta sobre tu curso</translation>
    </message>
    <message>
        <source>The notes tutor answers from the notes, words and exercises on this computer, and says where it found them.</source>
        <translation>El tutor de apuntes responde con los apuntes, palabras y ejercicios de este ordenador y dice dónde los encontró.</translation>
    </message>
    <message>
        <source>Write in the language you learn. Your words are kept on this computer.</source>
        <translation>Escribe en el idioma que aprendes. Tus palabras se guardan en este ordenador.</translation>
    </message>
    <message>
        <source>When do I use the present perfect?</source>
        <translation>¿Cuándo uso el present perfect?</translation>
    </message>
    <message>
        <source>Explain a phrasal verb</source>
        <translation>Explícame un phrasal verb</translation>
    </message>
    <message>
        <source>Give me a short exercise</source>
        <translation>Dame un ejercicio corto</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter makes a new line. A tutor can be wrong.</source>
        <translation>Intro envía; Mayús+Intro cambia de línea. Un tutor puede equivocarse.</translation>
    </message>
    <message>
        <source>Use a model of your own</source>
        <translation>Usar un modelo propio</translation>
    </message>
    <message>
        <source>Change the tutor</source>
        <translation>Cambiar de tutor</translation>
    </message>
    <message>
        <source>Delete this conversation</source>
        <translation>Borrar esta conversación</translation>
    </message>
    <message>
        <source>Nothing was said about “%1”.</source>
        <translation>No se ha hablado de «%1».</translation>
    </message>
    <message>
        <source>Lesson notes</source>
        <translation>Notas de clase</translation>
    </message>
    <message>
        <source>You begin</source>
        <translation>Empiezas tú</translation>
    </message>
    <message>
        <source>Your text, please</source>
        <translation>Tu texto, por favor</translation>
    </message>
    <message>
        <source>Say hello, and then what you want. The tutor stays in the role until you ask for help or end the scene.</source>
        <translation>Saluda y di lo que quieres. El tutor sigue en su papel hasta que pidas ayuda o termines la escena.</translation>
    </message>
    <message>
        <source>Write or paste it below. You get help with it, never a mark.</source>
        <translation>Escríbelo o pégalo abajo. Recibes ayuda, nunca una nota.</translation>
    </message>
    <message>
        <source>Play a scene</source>
        <translation>Representar una escena</translation>
    </message>
    <message>
        <source>Have a text looked at</source>
        <translation>Pedir que miren un texto</translation>
    </message>
    <message>
        <source>Your level</source>
        <translation>Tu nivel</translation>
    </message>
    <message>
        <source>What is not clear yet?</source>
        <translation>¿Qué no está claro todavía?</translation>
    </message>
    <message>
        <source>Where are you stuck?</source>
        <translation>¿Dónde te has atascado?</translation>
    </message>
    <message>
        <source>Ask why the answer is what it is, or for another example.</source>
        <translation>Pregunta por qué la respuesta es esa, o pide otro ejemplo.</translation>
    </message>
    <message>
        <source>Say what you have tried, or ask for a hint. The answer comes last.</source>
        <translation>Di qué has probado o pide una pista. La respuesta viene al final.</translation>
    </message>
    <message>
        <source>Explain the answer</source>
        <translation>Explicar la respuesta</translation>
    </message>
    <message>
        <source>A hint, please</source>
        <translation>Una pista, por favor</translation>
    </message>
    <message>
        <source>The tutor is off while you sit an exam. It is back when you have handed in.</source>
        <translation>El tutor está apagado mientras haces un examen. Vuelve cuando lo hayas entregado.</translation>
    </message>
    <message>
        <source>Which past tense do I use when?</source>
        <translation>¿Qué pasado uso en cada caso?</translation>
    </message>
    <message>
        <source>Explain an idiom to me</source>
        <translation>Explícame una frase hecha</translation>
    </message>
    <message>
        <source>Language of the talk</source>
        <translation>Idioma de la conversación</translation>
    </message>
</context>
<context>
    <name>TutorPreferences</name>
    <message>
        <source>Notes tutor</source>
        <translation>Tutor de apuntes</translation>
    </message>
    <message>
        <source>your academy</source>
        <translation>tu academia</translation>
    </message>
    <message>
        <source>Trying the key</source>
        <translation>Probando la clave</translation>
    </message>
    <message>
        <source>This key was refused, so it was not kept. Copy it again from the provider&apos;s page.</source>
        <translation>Esta clave se ha rechazado y no se ha guardado. Cópiala otra vez de la página del proveedor.</translation>
    </message>
    <message>
        <source>This key works.</source>
        <translation>Esta clave funciona.</translation>
    </message>
    <message>
        <source>The key is kept but could not be tried. %1</source>
        <translation>La clave está guardada, pero no se ha podido probar. %1</translation>
    </message>
    <message numerus="yes">
        <source>Running here, with %n model(s).</source>
        <translation>
            <numerusform>En marcha aquí, con %n modelo.</numerusform>
            <numerusform>En marcha aquí, con %n modelos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Running here; it asks for a key.</source>
        <translation>En marcha aquí; pide una clave.</translation>
    </message>
    <message>
        <source>Nothing was used yet.</source>
        <translation>Todavía no se ha usado nada.</translation>
    </message>
    <message>
        <source>%1 tokens in two weeks, about $%2.</source>
        <translation>%1 tokens en dos semanas, unos %2 $.</translation>
    </message>
    <message>
        <source>Your course&apos;s own notes. No network, no key, nothing leaves this computer.</source>
        <translation>Los apuntes de tu curso. Sin red, sin clave; nada sale de este ordenador.</translation>
    </message>
    <message>
        <source>Your academy</source>
        <translation>Tu academia</translation>
    </message>
    <message>
        <source>The academy asks a model for you and pays for it.</source>
        <translation>La academia pregunta a un modelo por ti y lo paga.</translation>
    </message>
    <message>
        <source>Sign in to use your academy&apos;s tutor.</source>
        <translation>Inicia sesión para usar el tutor de tu academia.</translation>
    </message>
    <message>
        <source>A model on this computer. What you write stays here.</source>
        <translation>Un modelo en este ordenador. Lo que escribes se queda aquí.</translation>
    </message>
    <message>
        <source>What you write to the tutor is sent to %1 with your own key.</source>
        <translation>Lo que escribes al tutor se envía a %1 con tu propia clave.</translation>
    </message>
    <message>
        <source>Needs a key of your own. What you write is sent to %1.</source>
        <translation>Necesita una clave tuya. Lo que escribes se envía a %1.</translation>
    </message>
    <message>
        <source>The address has to begin with https://, so that nobody on the way can read your key.</source>
        <translation>La dirección tiene que empezar por https://, para que nadie por el camino pueda leer tu clave.</translation>
    </message>
    <message>
        <source>Give the address first, then the key.</source>
        <translation>Da primero la dirección y después la clave.</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Otro servidor</translation>
    </message>
    <message>
        <source>Any server that speaks like OpenAI&apos;s, with its address and a key of your own.</source>
        <translation>Cualquier servidor que hable como el de OpenAI, con su dirección y una clave tuya.</translation>
    </message>
    <message>
        <source>Measured on %1: %2 of %3 replies were at the learner's level.</source>
        <translation>Medido el %1: %2 de %3 respuestas estaban al nivel del alumno.</translation>
    </message>
</context>
<context>
    <name>UnitCard</name>
    <message>
        <source>Exercises done</source>
        <translation>Ejercicios hechos</translation>
    </message>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n pendiente</numerusform>
            <numerusform>%n pendientes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n nueva</numerusform>
            <numerusform>%n nuevas</numerusform>
        </translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Repasar</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>Practicar</translation>
    </message>
    <message>
        <source>Read the notes</source>
        <translation>Leer los apuntes</translation>
    </message>
</context>
<context>
    <name>UsageBars</name>
    <message>
        <source>%1: nothing</source>
        <translation>%1: nada</translation>
    </message>
    <message>
        <source>%1: %2 tokens</source>
        <translation>%1: %2 tokens</translation>
    </message>
    <message>
        <source>Two weeks ago</source>
        <translation>Hace dos semanas</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
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
        <translation>Bienvenida</translation>
    </message>
    <message>
        <source>Your language academy</source>
        <translation>Tu academia de idiomas</translation>
    </message>
    <message>
        <source>Study offline, talk to a tutor and sit live exams in which nothing you write is ever lost.</source>
        <translation>Estudia sin conexión, habla con un tutor y haz exámenes en directo en los que nada de lo que escribes se pierde.</translation>
    </message>
    <message>
        <source>Study now</source>
        <translation>Estudiar ya</translation>
    </message>
    <message>
        <source>No account, no network. A first unit is ready for you.</source>
        <translation>Sin cuenta y sin red. Tienes una primera unidad lista.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Your academy&apos;s courses, exams and your progress, on every computer you use.</source>
        <translation>Los cursos y exámenes de tu academia y tu progreso, en todos tus ordenadores.</translation>
    </message>
    <message>
        <source>Try the demo academy</source>
        <translation>Probar la academia de prueba</translation>
    </message>
    <message>
        <source>Look around as a student or as a teacher, with an exam to sit and to watch.</source>
        <translation>Curiosea como estudiante o como profesor, con un examen para hacer y para seguir.</translation>
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
        <translation>Tu texto</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Your teacher says</source>
        <translation>Tu profesor dice</translation>
    </message>
</context>
<context>
    <name>WritingsController</name>
    <message>
        <source>Copy at least one quote from the text that shows it.</source>
        <translation>Copia del texto al menos una cita que lo muestre.</translation>
    </message>
    <message>
        <source>“%1” is not in the text.</source>
        <translation>«%1» no está en el texto.</translation>
    </message>
    <message>
        <source>Say what is good, or what the next step is.</source>
        <translation>Di lo que está bien o cuál es el siguiente paso.</translation>
    </message>
    <message>
        <source>Your text is on its way to your teacher.</source>
        <translation>Tu texto va de camino a tu profesor.</translation>
    </message>
    <message>
        <source>Something is missing above.</source>
        <translation>Falta algo más arriba.</translation>
    </message>
    <message>
        <source>Say something of at least one criterion.</source>
        <translation>Di algo de al menos un criterio.</translation>
    </message>
    <message>
        <source>The student sees your correction now.</source>
        <translation>El estudiante ya ve tu corrección.</translation>
    </message>
    <message>
        <source>What the tutor said</source>
        <translation>Lo que dijo el tutor</translation>
    </message>
    <message>
        <source>Corrected by your teacher</source>
        <translation>Corregido por tu profesor</translation>
    </message>
    <message>
        <source>Corrected by %1</source>
        <translation>Corregido por %1</translation>
    </message>
    <message>
        <source>%1. Help, not an official mark.</source>
        <translation>%1. Ayuda, no una nota oficial.</translation>
    </message>
    <message>
        <source>Waits on this computer until the academy can be reached</source>
        <translation>Espera en este ordenador hasta que se pueda llegar a la academia</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corregido</translation>
    </message>
    <message>
        <source>Only the tutor has looked at it</source>
        <translation>Solo lo ha mirado el tutor</translation>
    </message>
    <message>
        <source>With your teacher</source>
        <translation>Lo tiene tu profesor</translation>
    </message>
    <message>
        <source>Your academy did not take it. It is kept on this computer: show it to your teacher.</source>
        <translation>Tu academia no lo ha aceptado. Está guardado en este ordenador: enséñaselo a tu profesor o profesora.</translation>
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
        <translation>Lo que han escrito tus estudiantes y lo que dijo el tutor</translation>
    </message>
    <message>
        <source>What you wrote, with help from the tutor and from your teacher</source>
        <translation>Lo que has escrito, con ayuda del tutor y de tu profesor</translation>
    </message>
    <message>
        <source>New text</source>
        <translation>Texto nuevo</translation>
    </message>
    <message>
        <source>What was the text to be?</source>
        <translation>¿Qué texto había que escribir?</translation>
    </message>
    <message>
        <source>The task, in a few words. The tutor looks at your text with it in mind.</source>
        <translation>La tarea, en pocas palabras. El tutor mira tu texto pensando en ella.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>The task</source>
        <translation>La tarea</translation>
    </message>
    <message>
        <source>An e-mail to a friend about my holidays, 120 words</source>
        <translation>Un correo a un amigo sobre mis vacaciones, 120 palabras</translation>
    </message>
    <message>
        <source>The academy cannot be reached</source>
        <translation>No se puede llegar a la academia</translation>
    </message>
    <message>
        <source>Your students&apos; texts are shown as soon as it can.</source>
        <translation>Los textos de tus estudiantes se muestran en cuanto se pueda.</translation>
    </message>
    <message>
        <source>What you send waits on this computer and goes by itself. Corrections are shown as soon as it can be reached.</source>
        <translation>Lo que envías espera en este ordenador y sale solo. Las correcciones se muestran en cuanto se pueda llegar a ella.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
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
        <translation>Todavía no hay textos</translation>
    </message>
    <message>
        <source>You have sent no text yet</source>
        <translation>Todavía no has enviado ningún texto</translation>
    </message>
    <message>
        <source>Texts go to a teacher</source>
        <translation>Los textos van a un profesor</translation>
    </message>
    <message>
        <source>Texts that your students send you appear here, with what the tutor said of them.</source>
        <translation>Aquí aparecen los textos que te envían tus estudiantes, con lo que dijo el tutor.</translation>
    </message>
    <message>
        <source>Write one, have the tutor look at it, and send it to your teacher if you like. You get help, never a mark.</source>
        <translation>Escribe uno, deja que el tutor lo mire y envíaselo a tu profesor si quieres. Recibes ayuda, nunca una nota.</translation>
    </message>
    <message>
        <source>The tutor looks at your text here as well. To send it to a teacher, sign in at your academy.</source>
        <translation>El tutor también mira aquí tu texto. Para enviárselo a un profesor, inicia sesión en tu academia.</translation>
    </message>
    <message>
        <source>Replies of the tutor that students reported</source>
        <translation>Respuestas del tutor de las que han avisado tus estudiantes</translation>
    </message>
    <message>
        <source>Show more (%1)</source>
        <translation>Mostrar más (%1)</translation>
    </message>
    <message>
        <source>The tutor looks at your text here as well. When a teacher has you in a class, you can send it to them.</source>
        <translation>El tutor también mira aquí tu texto. Cuando un profesor te tenga en una clase, podrás enviárselo.</translation>
    </message>
</context>
<context>
    <name>ResultWords</name>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 de %2 puntos</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>being marked</source>
        <translation>se está corrigiendo</translation>
    </message>
    <message>
        <source>Your teacher is still marking a part.</source>
        <translation>Tu profesor o profesora aún corrige una parte.</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Aprobado</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>No aprobado</translation>
    </message>
</context>
<context>
    <name>ConnectionQuality</name>
    <message>
        <source>Good</source>
        <translation>Buena</translation>
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
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>The connection is good.</source>
        <translation>La conexión es buena.</translation>
    </message>
    <message>
        <source>The connection is slow: what others do appears here a little later.</source>
        <translation>La conexión es lenta: lo que hacen los demás aparece aquí un poco más tarde.</translation>
    </message>
    <message>
        <source>The connection is unsteady: it breaks or falls silent now and then. What you do is kept here and sent when it holds.</source>
        <translation>La conexión es inestable: se corta o se queda muda de vez en cuando. Lo que haces se guarda aquí y se envía cuando aguanta.</translation>
    </message>
    <message>
        <source>There is no connection. What you do is kept here and sent later.</source>
        <translation>No hay conexión. Lo que haces se guarda aquí y se envía más tarde.</translation>
    </message>
</context>
</TS>

//! Words that tell languages apart: the commonest of each, and the commonest of lyrics.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Language;

/// The languages that have common words listed, in the order scores are kept.
pub(super) const LISTED: [Language; 6] = [
    Language::English,
    Language::Spanish,
    Language::Italian,
    Language::Portuguese,
    Language::German,
    Language::French,
];

/// In which of the listed languages a lower-case word is common.
pub(super) fn common_in(word: &str) -> [bool; LISTED.len()] {
    COMMON.get(word).copied().unwrap_or_default()
}

static COMMON: LazyLock<BTreeMap<&str, [bool; LISTED.len()]>> = LazyLock::new(|| {
    let mut common: BTreeMap<&str, [bool; LISTED.len()]> = BTreeMap::new();
    for (index, words) in WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            common.entry(word).or_default()[index] = true;
        }
    }
    common
});

const WORDS: [&str; LISTED.len()] = [
    "a about again ain't all alone always am an and are around as at away baby back be been before but by can can't cause \
     come could day did do don't down dream every feel fire for from get girl give go gone gonna good got had has have he \
     heart her here him his home how i i'll i'm i've if in is it it's just keep know let let's life light like little live \
     long look love make man me more my never new night no not now of off oh on one only or our out over rain right said say \
     see she should so some stay still take tell than that the their them then there these they thing this through time to \
     together too under up us wait walk want was way we we're were what when where who why will wind with without won't world \
     would yeah you you're your",
    "a acuerdo ahora al algo alma amor amar aquí así aunque ay bailar baila besos bien cada canción canto casa cielo como con \
     contigo conmigo corazón cosas cuando de del desde después día días dime donde dónde dolor el él ella ellos en era eres \
     es esa ese eso esta está estaba estás este esto estoy fue fuego gente ha hacer has hasta hay he hoy junto la las le les \
     lejos lo los luna luz mañana mar más me mejor mi mí mía mío mis mucho mujer mundo muy nada nadie ni niña no noche noches \
     nos nosotros nuestra nuestro nunca ojos olvidar otra otro para pero piel poco por porque puede puedo que qué quien \
     quiere quiero sabe sé ser será si sí siempre siento sin sobre sol solo sólo son soy sueño sueños su sus también tan te \
     tengo ti tiempo tiene tienes toda todo todos tu tú tus un una va vamos ven vez vida viene viento voy vuelve vivir y ya yo",
    "a ad al alla allora amare amo amore anche ancora andare anima bella bello cantare canzone casa che chi ci cielo come con \
     cosa così cuore da dal dalla davvero degli del della delle di dimmi dolce domani dopo dove due e è era essere fa fino \
     forse fuori già giorni giorno gli ha hai ho i il in insieme io la le lei lo loro luce luna lui ma mai mare me mente mi \
     mia mille mio mondo mani nei nel nella nessuno niente noi nome non nostra nostro notte occhi ogni ora ore parole per \
     perché piangere più poi qualcosa quando quanto quello questa questo qui resta sa sai se sei sempre senti sento senza \
     si sì sia siamo sogno sogni sola sole solo sono sopra sotto sta stai stella stelle sto sua sul suo su te tempo ti tra \
     tu tua tuo tutta tutti tutto un un' una uno va vai vento vita vivere voglio vola volare",
    "a agora ai alma além amanhã amar amo amor ao aos aqui as assim até bem cada canção cantar casa céu coisa coisas com como \
     comigo contigo coração da dança dançar das de deixa dela dele demais depois dia dias do dor dos e é ela ele em então era \
     és essa esse está estou eu foi fogo gente hoje isso já lá longe lua luz mais mar mas me melhor meu meus mim minha minhas \
     muito mundo na nada não nas nem nos no noite nós nossa nosso nunca o olhar olhos onde os ou outra outro para pela pelo \
     pra por porque posso pra quando que quem quer quero rio rua são saudade se sei sem sempre ser será seu só sobre sol \
     sonho sonhos sou sua também tanto te tem tempo tenho ti tu tudo um uma vai vamos vem vento ver vez vida viver você vocês \
     volta vou",
    "aber alle alles als am an auch auf aus bei bin bis bist da dann das dass dein deine dem den denn der des dich die dir \
     doch du durch ein eine einen einer einmal er es euch für ganz geh gehen geht gibt gut hab habe haben hat hast heute her \
     herz hier himmel hin ich ihm ihn ihr im immer in ist ja jeder jetzt kann kannst kein keine komm können lass leben licht \
     liebe lieben machen mal man mehr mein meine mich mir mit muss nach nacht nah nicht nichts nie noch nun nur oder ohne \
     sag schon seele sehen sehr sein seine seit sich sie sind so sommer sonne sterne still tag tage tanz träume traum um und \
     uns unser unter viel vom von vor wann war warum was weg weil weiß welt wenn wer werden wie wieder will willst wind wir \
     wird wo wohin zeit zu zum zur zurück zusammen",
    "à ai aime aimer alors amour après au aussi autre aux avec avoir beau belle bien bonne c'est ça car ce cette ces chaque \
     chanson chante ciel cœur comme corps d'amour d'un d'une dans danse danser de des dis dit donc dont du elle elles en \
     encore enfant entre es est et était être eux faire fait femme feu fille fleur fleurs foi fois fond il ils j'ai jamais je \
     jour jours jusqu l'amour la là le les leur loin lui lumière ma main mais mal me même mer mes mieux moi mon monde mort \
     moins n'est n'ai ne nos notre nous nuit nuits on ou où oublie par parfois parle pas perdu peu peut peux plus pour \
     pourquoi près qu'il qu'on quand que qui quoi rêve rêver rêves rien rue s'il sa sais sans se ses seul seule si soir soleil \
     son sont sous sous souvent suis sur t'aime ta tant te temps tes tête toi tombe ton toujours tous tout toute très tu un \
     une va vais vent vers veux vie viens vois voix vous vrai y yeux",
];

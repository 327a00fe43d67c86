"""Polish, Romanian, Baltic, Portuguese and West African or Caribbean names, in order of use, with their diacritics."""

POLISH_MALE = """piotr krzysztof andrzej tomasz paweł marcin michał jan grzegorz łukasz mateusz jakub adam wojciech
marek dariusz zbigniew jerzy maciej mariusz kamil rafał robert sławomir jacek bartosz dawid przemysław sebastian
radosław mirosław dominik artur szymon filip hubert patryk damian arkadiusz bartłomiej konrad leszek kacper
oskar wiktor igor""".split()
POLISH_FEMALE = """anna maria katarzyna małgorzata agnieszka barbara ewa magdalena elżbieta joanna aleksandra monika
zofia danuta teresa krystyna natalia karolina marta beata dorota janina halina iwona alicja paulina justyna
patrycja renata grażyna sylwia julia wiktoria kinga weronika ewelina izabela edyta zuzanna oliwia""".split()
# A pair is the form of a man and of a woman.
POLISH_SURNAMES = [
    (name, name[:-1] + "a" if name.endswith(("ski", "cki", "dzki")) else name)
    for name in """nowak kowalski wiśniewski wójcik kowalczyk kamiński lewandowski zieliński szymański woźniak
    dąbrowski kozłowski jankowski mazur wojciechowski kwiatkowski krawczyk kaczmarek piotrowski grabowski zając
    pawłowski michalski król wieczorek jabłoński wróbel nowakowski majewski olszewski stępień malinowski jaworski
    adamczyk dudek nowicki pawlak górski witkowski walczak sikora baran rutkowski michalak szewczyk ostrowski
    tomaszewski pietrzak zalewski wróblewski marciniak jasiński zawadzki bąk jakubowski sadowski duda chmielewski
    borkowski czarnecki sokołowski urbański kubiak maciejewski szczepański kucharski wilk""".split()
]

ROMANIAN_MALE = """andrei alexandru mihai ionuț cristian florin marian daniel adrian gheorghe ion vasile constantin
nicolae ștefan bogdan gabriel george marius lucian răzvan vlad cătălin sorin dumitru costel viorel claudiu dragoș
radu robert sebastian valentin cosmin emil petru ilie""".split()
ROMANIAN_FEMALE = """maria elena ioana andreea ana mihaela cristina alexandra daniela gabriela georgiana mariana
nicoleta florentina simona alina raluca roxana loredana adriana camelia claudia diana lavinia lidia magdalena
monica oana ramona ștefania valentina viorica bianca""".split()
ROMANIAN_SURNAMES = """popa popescu ionescu radu dumitru stan stoica gheorghe matei ciobanu rusu constantin marin
lazăr dumitrescu florea munteanu barbu tudor șerban diaconu cristea oprea moldovan nistor munteanu toma stănescu
ursu ilie bălan ciocan țurcanu mocanu olteanu dobre enache neagu preda sandu voicu vasilescu anghel avram badea
bucur ciurar lăcătuș văduva""".split()

BALTIC_MALE = """jonas tomas mantas lukas darius mindaugas saulius vytautas andrius marius jānis andris edgars māris
artūrs juris kaspars aivars raimonds dainis""".split()
BALTIC_FEMALE = """rasa daiva jurgita inga vilma kristina egle lina asta ruta anna ilze līga inese kristīne dace
santa laura agnese zane""".split()
BALTIC_SURNAMES = [
    ("kazlauskas", "kazlauskienė"),
    ("jankauskas", "jankauskienė"),
    ("petrauskas", "petrauskaitė"),
    ("stankevičius", "stankevičienė"),
    ("vasiliauskas", "vasiliauskaitė"),
    ("butkus", "butkutė"),
    ("bērziņš", "bērziņa"),
    ("kalniņš", "kalniņa"),
    ("ozoliņš", "ozoliņa"),
    ("liepiņš", "liepiņa"),
    ("krūmiņš", "krūmiņa"),
    ("balodis", "balode"),
]

PORTUGUESE_MALE = "joão josé antónio luís carlos manuel pedro rui paulo miguel nuno tiago ricardo hugo bruno".split()
PORTUGUESE_FEMALE = "maria ana sofia inês catarina joana marta patrícia sandra carla paula isabel teresa rita".split()
PORTUGUESE_SURNAMES = """silva santos ferreira pereira oliveira costa rodrigues martins sousa fernandes gonçalves
gomes lopes marques almeida ribeiro pinto carvalho teixeira moreira correia mendes nunes""".split()

AFRICAN_MALE = """emmanuel samuel daniel david joseph michael chukwuemeka chinedu emeka ifeanyi obinna olumide tunde
babatunde ayodele femi kayode kwame kofi kwabena yaw kwesi kojo tendai tinashe farai jean-claude patrick christian
gideon isaac solomon abraham moses elijah ebuka segun wale ikenna uche""".split()
AFRICAN_FEMALE = """grace mary blessing esther ruth joy patience comfort chioma ngozi ifeoma adaeze chiamaka
oluwaseun folake yetunde funmilayo bukola abena ama akosua adwoa efua yaa rutendo tariro chipo mercy gift precious
faith hope gloria victoria temitope amaka nkechi""".split()
AFRICAN_SURNAMES = """okafor okeke adeyemi adebayo okonkwo mensah boateng owusu asante osei appiah agyeman amoah antwi
nwosu eze obi chukwu nwachukwu balogun ogunleye oyelaran adeleke afolabi bello lawal ibrahim moyo ncube sibanda
dube mutasa kabongo mukendi ilunga tshibangu mbeki kamara sesay koroma conteh bangura""".split()

CARIBBEAN_SURNAMES = """campbell brown williams johnson thompson clarke francis gordon grant reid henry morgan bailey
lewis walters bennett robinson wright edwards powell dacosta barrett blake mcintosh lindo pinnock facey
samuels hibbert whyte beckford""".split()

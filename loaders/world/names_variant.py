"""What a name turns into on its way into a record: short forms, other transliterations, plain letters."""

import unicodedata

# Each line is one name in its spellings: a clerk may write any of them for any other.
_SPELLINGS = """mohammed muhammad mohamed mohammad muhammed mohamad mohamud
hussain hussein husain hussien hossain
ahmed ahmad ahmet achmed
hassan hasan hassen
khan kahn
iqbal iqball ikbal
akhtar akhter akther
begum begam begom
chowdhury choudhury chaudhry chaudhary choudhry
qureshi quraishi koreshi
rehman rahman rahmaan
syed sayed sayyid said
yusuf yousuf youssef yousef yousaf yusef
fatima fatimah fathima fatma
aisha ayesha aysha aishah
khadija khadijah kadija
zainab zaynab zeinab
maryam mariam miriam meryem
omar umar omer
usman osman othman uthman
khalid khaled khalad
tariq tarek tarik tareq
mahmood mahmoud mahmud mehmood
mustafa mostafa moustafa mustapha
ibrahim ebrahim ibraheem
ismail ismaeel ishmael
abdullah abdallah abdulla
rashid rasheed raschid
javed javaid jawed
naveed navid naved
shahid shaheed
yasmin yasmeen jasmin
nasreen nasrin nasrine
malik malek
sheikh shaikh shaykh
mirza meerza
suleiman sulaiman suliman
al-masri elmasri almasri
al-khatib elkhatib khatib
al-hassan alhassan
el-sayed elsayed al-sayed
nasser nasir naser
walid waleed
samir sameer
kareem karim
layla leila laila
nour noor nur
kaur kour
singh sing
gurpreet gurprit
harpreet harprit
dhillon dhillion dillon
sandhu sandu
wang wong
zhang cheung chang
chen chan
li lee
liu lau
huang wong
wu ng
zhao chiu
katarzyna catarzyna
krzysztof krzystof christof
aleksandra alexandra
wiktoria victoria
jakub jacob
mateusz matheus
ștefan stefan stephan
cristian christian
mihai mihail
andreea andrea
gheorghe george
kwabena kobina
oluwaseun seun
chukwuemeka emeka
stephen steven
katherine catherine kathryn
sara sarah
jon john
geoffrey jeffrey
graham graeme
philip phillip
clare claire
alan allan allen
brian bryan
anne ann
hayley haley
lindsey lindsay
stuart stewart
shaun sean shane
niamh neve
kieran kieron
carl karl
mark marc
clark clarke
brown browne
read reid reed
smith smyth
thompson thomson tomson
johnson johnston jonson
davies davis
phillips philips
stephenson stevenson
nicholls nichols
mcdonald macdonald
o'brien obrien
o'connor oconnor
matthews mathews
harris haris
lewis louis"""

_NICKNAMES = """william bill will billy liam
robert bob rob bobby robbie
richard rick dick ricky rich
james jim jimmy jamie
john jack johnny
michael mike mick mickey
david dave davey
thomas tom tommy
anthony tony
andrew andy drew
christopher chris kit
matthew matt
daniel dan danny
joseph joe joey
joshua josh
benjamin ben benji
samuel sam sammy
alexander alex al sandy
nicholas nick nicky
edward ed eddie ted
charles charlie chaz
stephen steve
peter pete
kenneth ken kenny
ronald ron ronnie
raymond ray
terence terry
gerald gerry
leonard len lenny
frederick fred freddie
albert bert
patrick pat paddy
timothy tim
jonathan jon jonny
nathan nate
jacob jake
zachary zac
oliver ollie
harrison harry
henry harry
margaret maggie peggy meg
elizabeth liz beth lizzie betty
katherine kate kathy katie
catherine cath cathy
susan sue susie
patricia pat trish
jennifer jen jenny
rebecca becky becca
victoria vicky
samantha sam
deborah debbie deb
jacqueline jackie
christine chris chrissie
dorothy dot
barbara barb babs
amanda mandy
natalie nat
jessica jess
charlotte charlie lottie
isabella bella izzy
abigail abi
gabrielle gabby
alexandra alex sandra
stephanie steph
kimberley kim
mohammed mo
muhammad mo
abdul ab
yusuf yus
imran immy
hussain huss
zeeshan zee
fatima fati
gurpreet gurp
harpreet harry
jaspreet jas
manpreet manny
rajesh raj
sanjay san
katarzyna kasia
małgorzata gosia
aleksandra ola
agnieszka aga
joanna asia
krzysztof krzys
tomasz tomek
piotr piotrek
paweł pawel
mateusz mati
jakub kuba
łukasz lukas
alexandru alex
constantin costel
gheorghe gigi
ioana ioanna
emmanuel emma
oluwaseun seun
babatunde tunde"""

_PLAIN = str.maketrans("łŁıđĐøØßæÆ", "lLidDoOsaA")


def plain(text: str) -> str:
    """The text in the letters of an English keyboard: accents off, Polish l and Turkish i plain."""
    if text.isascii():
        return text
    spread = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _spellings() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _SPELLINGS.splitlines():
        names = line.split()
        for name in names:
            table[name] = table.get(name, ()) + tuple(other for other in names if other != name)
    return table


SPELLINGS = _spellings()
NICKNAMES = {names[0]: tuple(names[1:]) for names in map(str.split, _NICKNAMES.splitlines())}

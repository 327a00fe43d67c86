"""British and Irish names: given names by gender and cohort in order of use, and surnames with a composed long tail."""

COHORTS = (1960, 1980, 2000)  # first birth year of the second, third and fourth list of each gender

MALE = (
    """john david william james robert peter thomas michael brian george alan kenneth ronald derek raymond roy
    anthony dennis donald frank keith arthur eric gordon patrick terence albert harry stanley norman leslie ernest
    malcolm trevor barry geoffrey douglas frederick edward charles bernard graham philip roger clifford cyril
    sidney walter leonard maurice gerald desmond hugh neville harold alfred reginald stuart victor ralph""",
    """david paul andrew mark john michael stephen ian robert richard christopher peter simon anthony kevin gary
    steven martin james philip alan neil nigel stuart colin jonathan nicholas timothy graham darren jason lee wayne
    carl adrian dean craig shaun russell justin julian karl glen barry duncan gavin stewart garry terence keith
    trevor warren damian sean patrick liam declan dermot brendan kieran howard clive raymond dale roy guy""",
    """james daniel christopher matthew michael thomas andrew david ryan adam luke jack joshua benjamin robert joseph
    samuel alexander jonathan craig lee stephen anthony paul mark richard jamie ashley scott nathan aaron kieran
    connor liam jordan callum lewis kyle bradley danny sean simon stuart gareth dean shane carl ben tom joe
    kevin marcus stefan leon ricky gavin martin phillip rhys dominic patrick edward charles george jake ross
    damien elliot dale curtis reece jermaine tyrone corey dwayne jerome""",
    """oliver jack harry george noah charlie jacob alfie freddie oscar leo logan archie theo thomas james joshua
    henry william max lucas ethan arthur mason isaac harrison teddy finley daniel riley edward joseph alexander
    samuel adam toby luca sebastian benjamin dylan tyler reuben jude elijah louie albie rory jayden kai ellis
    callum bobby frankie tommy ronnie reggie jenson zachary stanley hugo felix caleb blake nathan luke ryan
    connor liam jake cameron rhys owen evan tyrese kyron levi roman ezra ralph austin rowan ollie""",
)

FEMALE = (
    """margaret mary susan jean patricia christine joan barbara ann sheila maureen dorothy brenda pauline joyce
    doreen janet eileen betty shirley sylvia kathleen carol valerie june jacqueline marjorie irene audrey beryl
    hilda elizabeth linda rosemary iris rita josephine norma olive gladys vera edith phyllis marion jennifer
    gillian hazel bridget monica freda ruth daphne thelma edna muriel winifred constance""",
    """susan julie karen jacqueline deborah tracey jane helen diane sharon alison angela sarah linda lisa nicola
    michelle joanne amanda samantha dawn lesley caroline wendy tina lorraine donna debra elaine maria mandy paula
    carol sally beverley janet heather anita gillian louise catherine anne kim teresa andrea rachel claire jayne
    maxine lynn bernadette siobhan denise yvonne marie jill sandra fiona ruth kathryn melanie tara""",
    """sarah laura gemma emma rebecca claire victoria samantha rachel amy jennifer nicola katie lisa kelly natalie
    louise michelle hayley hannah helen charlotte joanne lucy elizabeth leanne danielle donna katherine clare
    stephanie stacey lauren jessica jade chloe sophie kirsty megan amber abigail zoe jodie kerry lindsey natasha
    holly heather melissa carly georgina alexandra bethany gabrielle kimberley rosie tanya toni cheryl naomi
    shelley jenna vanessa kayleigh robyn ashleigh aimee francesca shanice chantelle yasmin""",
    """olivia amelia isla ava emily sophia grace lily freya ella ivy florence isabella poppy evie charlotte jessica
    daisy willow sienna rosie alice ruby sophie matilda elsie phoebe millie evelyn mia erin imogen lola harriet
    eva scarlett layla maisie molly bella esme chloe lucy holly niamh summer martha rose violet nancy eliza darcie
    amber lacey georgia thea orla bonnie skye megan paige tia kayla lexi ellie jasmine hannah abigail leah
    keira courtney demi shannon zara lottie penelope edith robyn heidi""",
)

SURNAMES = """smith jones williams taylor brown davies evans wilson thomas johnson roberts robinson thompson wright
walker white edwards hughes green hall lewis harris clarke jackson wood turner martin cooper hill ward morris moore
clark baker harrison king lee morgan allen james scott phillips watson davis parker price bennett young griffiths
mitchell kelly cook carter richardson bailey collins bell shaw murphy miller cox richards marshall simpson ellis
anderson adams foster wilkinson rogers chapman mason webb hunt mills powell gray palmer holmes knight matthews
barnes butler russell barker fisher jenkins stevens murray dixon harvey pearson graham fletcher howard andrews
gibson elliott reynolds fox ford saunders payne walsh west day brooks bradley atkinson lawrence cole dean
lawson burton armstrong spencer francis hart rose bird gardner stephenson williamson gordon hudson webster
carr hawkins perry burns stone newton wells hopkins dunn stewart oneill o'connor o'brien ryan byrne doyle
gallagher kennedy lynch mccarthy quinn nolan farrell brennan duffy flynn kavanagh maguire hogan sheridan mclean
macdonald campbell cameron fraser ross reid hamilton wallace ferguson douglas crawford boyd mackenzie mckay
sutherland sinclair paterson burgess pritchard owen parry rees vaughan bowen lloyd probert beddoes gough
arnold barrett bates berry bishop black booth bolton bradshaw briggs bryant bull burrows carpenter
chambers charlton church clayton coates coleman connolly cross crowther curtis dale daniels dawson dennis
dickinson dobson douthwaite drew duncan dyer eastwood ellison farmer fielding finch firth fleming fowler
freeman frost fuller garner gibbons gilbert giles goddard goodwin gould grant greenwood gregory griffin hale
hammond hancock hardy harding harper hartley haynes heath henderson hewitt hicks higgins hobbs hodgson holden
holland hooper horton howarth howe howell humphreys hurst hutchinson ingram jarvis jennings kay kemp
kent kerr kirby kirk knowles lamb lambert lane leach leigh little long lord lowe lucas lynas mann manning marsh
may mccann mcdermott mcgrath mckenna mellor metcalfe middleton moss naylor nash neal newman nicholls nicholson
norman norris norton oakley oldfield oliver osborne page parkinson parsons patterson peacock pickering pollard
poole porter potter potts pratt preston quigley ramsey randall rawlings read reed rhodes riley robson rowe rowley
sanderson schofield sharp short skinner slater stanley steele stokes storey sutton swift sykes talbot tate
thornton todd townsend tucker tyler underwood wade walton warner warren waters watkins watts weaver weston
wheeler whitehead wilkins willis winter woods woodward wyatt yates"""

# The tail is composed: each head with each ending, in a fixed order, after the listed names.
TAIL_HEADS = """alder ash brad brock burn cald chad clif col crag crom dun east fair far garth grim hal hather
hazel hol kes kirk lang lind mal marl mel nor oak pem rad rowl sal sel shel stan stock thorn wad wether whit win
wool wyn""".split()
TAIL_ENDINGS = "ley ton well field worth wick ham by thwaite stead ford more bourne croft".split()

TITLES_MALE = ("Mr", "Mr", "Mr", "Mr", "Dr", "Rev")
TITLES_FEMALE = ("Mrs", "Miss", "Ms", "Mrs", "Miss", "Dr")

"""South Asian, Arabic, Chinese and Turkish names, in order of use, as their bearers write them."""

PAKISTANI_MALE = """mohammed ali ahmed hassan imran adeel bilal usman umar hamza asif tariq kashif zahid nadeem sajid
khalid naveed shahid rashid irfan waqas zeeshan amir faisal kamran junaid arslan haroon ibrahim ismail yusuf zain
haider hussain abdul rizwan shoaib sohail tahir waseem yasir zafar aqib danyal ehsan farhan ghulam iqbal jamil
javed majid mansoor mubarak muzammil nasir omar pervez qasim rehan saad salman shabir shafiq tanveer tauseef wajid
zubair azhar babar fahad idris ishaq luqman musa nabeel raheem sufyan taimoor talha uzair""".split()
PAKISTANI_FEMALE = """fatima aisha zainab maryam khadija amina sana saima nadia shazia rukhsana nasreen parveen
shabana samina farzana asma bushra hina iqra javeria kiran laiba mehwish nazia noreen rabia razia rehana robina
sadia safia salma sumaira tahira tasleem uzma yasmin zara zahra zeenat zubaida alina anum areeba ayesha
fariha hafsa humaira inaya iram kalsoom maheen misbah naila nimra sidra sobia zoya hajra rashida kulsum""".split()
PAKISTANI_SURNAMES = """khan hussain ahmed ali mahmood akhtar iqbal malik shah mohammed begum bibi rehman butt qureshi
hassan aziz hanif rashid sheikh mirza chaudhry raja zaman sharif saleem afzal bashir kauser ashraf khalid rafiq
anwar javed yousaf aslam nawaz farooq miah uddin islam rahman chowdhury siddique abbasi ansari baig bhatti cheema
dar gondal hayat ijaz jabbar kayani khokhar latif mughal mumtaz nazir parvez rana riaz sabir sadiq satti shafi syed
tanveer tariq waheed yaqub younis zafar zahoor""".split()

INDIAN_MALE = """gurpreet harpreet rajesh sanjay amit jaspal balbir sukhdev manjit ravi vijay anil ashok rakesh
sunil dinesh kiran mukesh nilesh hitesh jignesh arjun rohan aryan karan rahul vikram deepak harjit gurdeep
jagdeep kulwinder paramjit ranjit satnam surinder amandeep baljit davinder gurmeet inderjit jaswinder kuldeep
mandeep navdeep parminder rupinder sandeep tejinder vikas ajay bhavesh chirag dev harish ishan jayesh kamal
manoj naveen pradeep pritesh sachin suresh tarun umesh yash""".split()
INDIAN_FEMALE = """harpreet gurpreet manpreet jaspreet kulvinder surinder balvinder rajinder sukhwinder amarjit priya
anjali neha pooja kavita sunita meena rekha geeta usha anita asha bhavna chandrika deepa daksha hansa hema indira
jaya jyoti kalpana kamini kirti lata manisha minal nisha parminder preeti radhika ranjit reena ritu roopa sangeeta
seema shilpa simran smita sonal sukhjit tejal urvashi varsha aarti navjot kirandeep mandeep amrit jasmine""".split()
INDIAN_SURNAMES = """patel singh kaur sharma shah gill sandhu dhillon sidhu grewal bains johal mistry desai mehta
parmar chauhan solanki rathod kumar gupta verma joshi pandya trivedi bhatt dhaliwal atwal randhawa sahota uppal virk
bhogal rai dosanjh hothi kang khera lall nijjar panesar purewal rayat sangha sohal takhar tank thandi agarwal amin
bhakta chavda dave gandhi iyer jadeja kapoor khatri lad makwana naik nair pillai reddy sethi tailor vora
menon modi parekh popat sanghera""".split()

ARABIC_MALE = """mohamed ahmad ali hassan hussein khaled omar youssef ibrahim mahmoud mustafa abdullah abdulrahman
karim tarek walid samir nabil rami fadi bassam ziad hisham jamal kamal majed nasser osama adel anas ayman bilal
emad faris ghassan hadi haitham issa jaber kareem laith malek marwan mazen munir qusay raed saif salah sami tamer
wael yahya zaid abdulaziz abdulkarim saleh hamid idris""".split()
ARABIC_FEMALE = """fatima aisha mariam zainab layla nour sara huda amal hanan iman rania samira salma yasmin dina
lina maha mona nadia najla noura rana rasha reem ruba sahar sawsan shaima suha wafa zahra hala ghada farah bushra
asma abeer alaa aya dalia duaa hajar khadija lamia manal nisreen""".split()
ARABIC_SURNAMES = """al-hassan hassan mohamed ahmed ali ibrahim al-masri mahmoud saleh al-khatib khalil haddad al-ali
mansour nasser omar hamdan abdallah al-ahmad aziz bakr darwish el-sayed farah fayed ghanem hamad habib issa al-jabari
kassem al-rashid mustafa najjar al-najjar othman qasim rahal saad sabbagh said salem shaheen suleiman taha
yassin younes zaki al-saadi el-amin osman yusuf warsame abdi hussein jama nur""".split()

SOMALI_MALE = "abdi mohamed ahmed hassan abdullahi yusuf ali omar ibrahim farah mahad liban guled bashir idris".split()
SOMALI_FEMALE = "fadumo amina hodan ayan halima sahra ifrah nasra hibo khadra ubah sagal maryan fowsia asha".split()

CHINESE_MALE = """wei jun ming hao jie lei tao yang bin feng gang hui jian kai liang long peng qiang rui shan
xiaoming yong zhiwei chun dong guo haoyu jiaming ka-ho chi-wai kwok-wai siu-ming tsz-hin wing-kin""".split()
CHINESE_FEMALE = """li fang na xiu jing yan mei ling hui juan xia min yun hong lan ying qian yue xin xiaoli shu-fen
wai-ling mei-yee siu-fong ka-yan yuet-ling tsz-ching wing-yan zhen rong dan ting wen""".split()
CHINESE_SURNAMES = """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu lin guo he gao luo chan wong
cheung lau leung ng lam ho tang yip tsang fung mak kwok yeung cheng lo tse""".split()

TURKISH_MALE = """mehmet mustafa ahmet ali hüseyin hasan ibrahim ismail osman murat ömer yusuf serkan emre burak can
cem deniz engin fatih gökhan hakan kemal levent okan özgür selim tolga uğur volkan""".split()
TURKISH_FEMALE = """fatma ayşe emine hatice zeynep elif meryem sevgi gül özlem derya ebru esra gizem hülya melek
nuray pınar seda sibel songül şule tuğba yeliz zehra""".split()
TURKISH_SURNAMES = """yılmaz kaya demir çelik şahin yıldız öztürk aydın özdemir arslan doğan kılıç aslan çetin kara koç
kurt özkan şimşek polat korkmaz erdoğan güneş aksoy tekin""".split()

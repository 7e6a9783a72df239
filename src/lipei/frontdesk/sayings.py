"""What the clerk may say at each station, by the visitor's situation, and the point of manner beside it. Pure.

`{name}` is how the visitor wishes to be addressed. Each sentence is written fresh in both languages. Every station has its own
for every situation; another one stays within the situation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Sayings:
    """The sentences of one station: for everyone, and for a situation; with the point of manner."""

    manner: Words
    plain: tuple[Words, ...]
    by_situation: dict[str, Words] = field(default_factory=dict)


SAYINGS: dict[str, Sayings] = {
    "welcome": Sayings(
        Words("起身，微笑，先开口。看着客户，不看屏幕。", "Stand, smile, speak first. Look at the visitor, not at the screen."),
        (Words("您好，请坐。我来接待您。请问怎么称呼您，今天想办什么事？", "Good day, please take a seat. I will look after you. How may I address you, and what brings you here today?"),
         Words("您好，让您久等了。您慢慢说，我听着。", "Good day, thank you for waiting. Take your time, I am listening.")),
        {
            "bereavement": Words("您好，请坐，喝口水。您不用急着说，我在这里。", "Please sit down and have some water. There is no need to hurry; I am here."),
            "injury": Words("您好，这边坐着舒服些。站着不方便，我过来您这边。", "Good day, this seat is more comfortable. Please stay seated, I will come round to you."),
            "anger": Words("您好，让您跑这一趟，您心里不好受，我明白。请坐，从头讲给我听。", "I can see this has been hard on you. Please sit down and tell me from the beginning."),
            "elderly": Words("您好，请坐。我说话慢一点、大声一点，听不清您就告诉我。", "Good day, please sit down. I will speak slowly and clearly; tell me if anything is hard to hear."),
            "accompanying": Words("您好，两位请坐。今天的事，请谁来讲比较方便？", "Good day, please both take a seat. Who would like to tell me what happened?"),
            "first_visit": Words("您好，请坐，我来接待您。您是第一次来吧？不熟悉没关系，每一步我都会说明。", "Good day, please take a seat, I will look after you. If it is your first time here, I will explain each step."),
        },
    ),
    "identity": Sayings(
        Words("证件双手接，双手还；用完就还，不留在台上。", "Take and return documents with both hands; give them back as soon as they are read."),
        (Words("{name}，为了保护您的信息，我先看一下证件，看完马上还您。", "{name}, to protect your information I first look at your identity document, and give it straight back."),
         Words("{name}，麻烦您出示身份证。号码我只用来查保单，屏幕上会遮住。", "{name}, may I see your identity card? I use the number only to find the policy; it is covered on the screen.")),
        {
            "bereavement": Words("{name}，要麻烦您看几样证件。今天没带全也不要紧，我们一样一样来。", "{name}, I need to look at a few documents. If something is missing today it does not matter; we go one at a time."),
            "injury": Words("{name}，您不用起身，证件放在手边就行，我来拿。", "{name}, please stay seated; leave the document beside you and I will take it."),
            "anger": Words("{name}，我先看一下证件，这样您讲的每句话我都能对上保单，不用您讲第二遍。", "{name}, let me look at your document first. Then I can match everything you say to the policy, and you need not say it twice."),
            "elderly": Words("{name}，请把身份证给我看一看。不急，您慢慢找。", "{name}, may I see your identity card? There is no hurry, take your time."),
            "accompanying": Words("{name}，您替家人来办，要看一下您的证件，还有家人写的委托书。", "{name}, as you are acting for a relative, I need to see your document and the letter of authority."),
            "first_visit": Words("{name}，我先看一下证件，是为了不把您的信息讲给别人。看完马上还您。", "{name}, I look at your document first so that your information goes to nobody else. You get it straight back."),
        },
    ),
    "listening": Sayings(
        Words("不打断，不追问，不评价。客户停下来，等三秒。", "Do not interrupt, press or judge. When the visitor pauses, wait three seconds."),
        (Words("{name}，请您从头讲，想到哪里讲到哪里。我记下来，再念给您听。", "{name}, please tell me from the beginning, in your own way. I will write it down and read it back to you."),
         Words("{name}，我把您讲的念一遍，有不对的地方请随时叫停。", "{name}, I will read back what you told me. Please stop me wherever it is not right.")),
        {
            "bereavement": Words("{name}，请节哀。想讲的时候再讲，不想讲的可以不讲，我们以后再说。", "{name}, I am sorry for your loss. Speak when you wish to; what you do not wish to say can wait."),
            "injury": Words("{name}，您还疼着，讲短一点也可以，累了就停。", "{name}, you are still in pain. Keep it as short as you like, and stop when you are tired."),
            "anger": Words("{name}，您讲，我不打断。讲完我念一遍，看我听明白没有。", "{name}, please go on, I will not interrupt. Then I read it back so that you can see whether I understood."),
            "elderly": Words("{name}，您慢慢讲，想不起来的先放一放。", "{name}, take your time; what you cannot recall we leave for now."),
            "accompanying": Words("{name}，当时您在场吗？您看见的和听来的，请分开讲给我。", "{name}, were you there? Please tell me apart what you saw and what you were told."),
            "first_visit": Words("{name}，没有什么固定的讲法，您怎么记得就怎么讲。我记下来，再念给您听。", "{name}, there is no right way to tell it; just as you remember it. I write it down and read it back to you."),
        },
    ),
    "facts": Sayings(
        Words("看着客户说，不看着屏幕念。一次只问一件。", "Look at the visitor, not at the screen. Ask one thing at a time."),
        (Words("{name}，您刚才讲的我都记下了。我再问您几件事，不着急；不清楚的可以说不清楚，我们来查。",
               "{name}, I have noted everything you told me. I have a few more questions, and there is no hurry. If you are not sure, just say so and we will find out."),
         Words("{name}，下面几件事是条款要我们问的。答不上来没有关系。", "{name}, the contract asks us for these few things. It does not matter if you cannot answer one.")),
        {
            "bereavement": Words("{name}，还有几件事要问，我尽量少问。能从病历上看到的，就不问您了。", "{name}, a few questions remain; I keep them to the least. What the records show I will not ask you."),
            "injury": Words("{name}，再问几句就好。您点头摇头也可以，我来记。", "{name}, only a few more. You can nod or shake your head; I will write."),
            "anger": Words("{name}，这几件事问清楚，后面就不用再问您。为什么问，我都可以告诉您。", "{name}, once these are clear we need not ask you again. I can tell you the reason for each."),
            "elderly": Words("{name}，我一件一件问，您记得多少说多少。", "{name}, I ask one thing at a time; tell me as much as you remember."),
            "accompanying": Words("{name}，有些事您可能不在场，不清楚就说不清楚，我们去查。", "{name}, you may not have been there for some of this. If you are not sure, say so and we will find out."),
            "first_visit": Words("{name}，接下来我一件一件地问，答不上来的不要紧，写明谁去查就行。", "{name}, I now ask one thing at a time. If you cannot answer one, it is fine; we write down who finds out."),
        },
    ),
    "check": Sayings(
        Words("把屏幕转给客户看核对结果，不背着客户查。", "Turn the result towards the visitor; check nothing behind their back."),
        (Words("{name}，我当着您的面核对一下保单，有不清楚的地方，我现在就告诉您。", "{name}, I check the policy here with you. If anything is unclear, I tell you now."),
         Words("{name}，这一步只是核对，不是决定。决定会有书面的理由。", "{name}, this is only a check, not a decision. The decision comes in writing with its reasons.")),
        {
            "bereavement": Words("{name}，我来核对，您坐着休息一下就好。", "{name}, I will do the checking; please just rest a moment."),
            "anger": Words("{name}，核对的每一条我都给您看，不让您猜。", "{name}, I show you every line of the check, so that you need not guess."),
            "elderly": Words("{name}，我核对，您听着，哪一句不明白就问我。", "{name}, I check and you listen; ask me about anything that is not clear."),
            "first_visit": Words("{name}，我来对一对保单。您看着屏幕，哪个词不懂就问我。", "{name}, I compare this with your policy. Please look on, and ask me about any word."),
            "injury": Words("{name}，您坐着歇一歇，我来核对，好了念给您听。", "{name}, please rest; I do the checking and read you the result."),
            "accompanying": Words("{name}，核对的结果两位一起看，回去也好跟家里人讲。", "{name}, please look at the result together, so that it is easy to tell at home."),
        },
    ),
    "first_view": Sayings(
        Words("只说范围和理由，不说“肯定”“一定”“没问题”。", "Give the range and its reasons; never “surely” or “no problem”."),
        (Words("{name}，按您说的和合同，大概是这个范围。这是初步看法，不是答应；材料齐了，专人逐项核对以后才能定。",
               "{name}, by what you told me and the contract, it is roughly within this range. This is a first view, not a promise; it is decided once the papers are complete and checked item by item."),
         Words("{name}，范围有宽有窄，是因为有几样还不知道。知道以后会更准。", "{name}, the range is wide because a few things are not known yet. It narrows as they become known.")),
        {
            "bereavement": Words("{name}，大概的范围我写在这里，您什么时候想看都可以。", "{name}, I have the rough range here; look at it whenever you wish."),
            "anger": Words("{name}，我把范围和每一条理由都给您看。哪一条您觉得不对，我记下来请同事复看。", "{name}, here is the range and every reason for it. Where you disagree I note it, and a colleague looks again."),
            "elderly": Words("{name}，我用大白话说一遍：大概在这两个数中间，最后以书面通知为准。", "{name}, in plain words: it is roughly between these two amounts; the letter will say the final one."),
            "first_visit": Words("{name}，我先说个大概的范围和理由。这是初步看法，不是答应；最后以书面通知为准。", "{name}, here is a rough range with its reasons. It is a first view, not a promise; the letter says the final amount."),
            "injury": Words("{name}，您先安心养伤。大概的范围和理由写在这里，不急着今天看完。", "{name}, please look after yourself first. The rough range and its reasons are written here; there is no need to read it all today."),
            "accompanying": Words("{name}，这个范围和理由我写下来，请您带给家人。这是初步看法，不是答应。", "{name}, I write the range and its reasons down for your relative. It is a first view, not a promise."),
        },
    ),
    "explanation": Sayings(
        Words("说一件，停一下。请客户复述不是考客户，是看自己说清楚没有。", "Say one thing, then pause. Saying it back tests our words, not the visitor."),
        (Words("{name}，我怕自己没说清楚，麻烦您用自己的话讲一遍：接下来怎么办、要多久、您要做什么？",
               "{name}, I want to be sure I was clear. In your own words: what happens next, how long does it take, and what do you need to do?"),
         Words("{name}，回家要是家里人问起来，您会怎么跟他们讲？", "{name}, if your family asks you at home, what will you tell them?")),
        {
            "bereavement": Words("{name}，要记的我都写在纸上，您带回去慢慢看，随时打电话给我。", "{name}, everything to remember is on this paper. Read it at home, and call me at any time."),
            "anger": Words("{name}，几号之前给您回音、谁负责，都写在这里。做不到您就找我。", "{name}, by which day you hear and who is responsible is written here. If we fail, come to me."),
            "elderly": Words("{name}，就五件事，一件一件来，我慢慢说，您说给我听。", "{name}, there are five things, one at a time. I say each slowly, and you tell it back to me."),
            "accompanying": Words("{name}，您回去要讲给家人听，先讲给我听一遍，看漏了什么没有。", "{name}, you will tell your relative at home; tell me first, so that nothing is left out."),
            "first_visit": Words("{name}，一共五件事，我说一件，您用自己的话讲一件，好不好？", "{name}, there are five things. I explain one, and you tell it back in your own words; is that all right?"),
            "injury": Words("{name}，我说短一点，要记的都写在纸上。累了我们就停。", "{name}, I keep it short, and everything to remember is on paper. We stop when you are tired."),
        },
    ),
    "papers": Sayings(
        Words("双手接，当面点，一份一个保管号；能当场还的当场还。", "Take with both hands, count together, one custody number each; return at once what can be returned."),
        (Words("{name}，我们一份一份点。原件用完会还您，每份都有编号，收据上写得清楚。",
               "{name}, let us go through them one by one. Originals come back to you; each has a number, and the receipt says where it is."),
         Words("{name}，申请书我念给您听，没有不对的再签名。", "{name}, I read the application to you; sign only if all of it is right.")),
        {
            "bereavement": Words("{name}，材料我来理，缺的写在一张单子上，不用您来回跑。", "{name}, I sort the papers. What is missing stands on one list, so you need not come again and again."),
            "injury": Words("{name}，您坐着，我来拿、我来点，点完给您看。", "{name}, please stay seated. I take and count them, and show you."),
            "anger": Words("{name}，要的材料一次说全：就这几样，单子给您。", "{name}, here is the complete list at once: only these, on one sheet."),
            "elderly": Words("{name}，字小我念给您听。您点头，我再往下。", "{name}, the print is small, so I read it to you. When you nod, I go on."),
            "first_visit": Words("{name}，交来的每一份我都写一个编号，收据上有。请您对一对。", "{name}, each paper you hand in gets a number, which is on the receipt. Please check them with me."),
            "accompanying": Words("{name}，您替家人交的材料我都写在收据上，请收好带回去。", "{name}, all you hand in for your relative is on this receipt; please take it home."),
        },
    ),
    "answer": Sayings(
        Words("不知道就说不知道，说好哪天答。", "If you do not know, say so, and say by when you will."),
        (Words("{name}，您问的我先记下来，能答的现在答，要查的我查好给您打电话。", "{name}, I note your question. What I can answer I answer now; what I must look up I call you about."),
         Words("{name}，我答清楚了吗？还有什么想问的？", "{name}, was my answer clear? Is there anything else?")),
        {
            "anger": Words("{name}，这件事我来跟，您不用再找第二个人。", "{name}, I follow this up myself; you need not look for anyone else."),
            "elderly": Words("{name}，我说慢一点，记在纸上给您带回去。", "{name}, I will speak slowly and write it down for you to take home."),
            "first_visit": Words("{name}，您想问的随便问，没有问得不对的。有出处的我念给您听。", "{name}, please ask anything; no question is wrong. Where there is a source, I read it to you."),
            "bereavement": Words("{name}，您想问什么，什么时候问，都可以。今天想不起来的，以后想起来就打电话给我。", "{name}, ask whatever you wish, whenever you wish. What does not come to mind today, call me about another day."),
            "injury": Words("{name}，您坐着问就好。我答短一点，写下来给您带走。", "{name}, please stay seated and ask. I answer shortly and write it down for you."),
            "accompanying": Words("{name}，您和家人想问的，一样一样说，我都记下来答。", "{name}, tell me what you and your relative want to know, one by one; I note and answer each."),
        },
    ),
    "calm": Sayings(
        Words("先安顿人，再谈事。不辩解，不打断，不讲规定。", "First the person, then the matter. No defence, no interruption, no rules."),
        (Words("{name}，我们到里面坐，慢慢说。您说完以前，我不打断。", "{name}, let us sit down inside. Take your time; I do not interrupt until you have finished."),),
        {
            "first_visit": Words("{name}，第一次来就让您遇上这样的事，我很抱歉。我们到里面坐，您慢慢说。", "{name}, I am sorry that this happened on your first visit. Let us sit down inside; take your time."),
            "bereavement": Words("{name}，家里出了这么大的事，还让您为这个着急，对不起。请坐，我陪着您。", "{name}, after such a loss you should not have to worry about this too. I am sorry. Please sit down; I stay with you."),
            "injury": Words("{name}，您身上还不舒服，先坐下，喝口水。事情我来办，您慢慢说。", "{name}, you are not well; please sit down and have some water. I take care of it; take your time."),
            "anger": Words("{name}，让您这样生气，是我们没有做好。请坐，您从头说，我不打断。", "{name}, we did not do well, and I see why you are angry. Please sit down and tell me from the beginning; I will not interrupt."),
            "elderly": Words("{name}，您别着急，先坐下歇一歇。一件一件说，我都记着。", "{name}, please do not worry; sit down and rest. Tell me one thing after the other; I write it all down."),
            "accompanying": Words("{name}，两位都请坐。先听您说，再听家人说，一句也不落下。", "{name}, please both sit down. I listen to you first, then to your relative; nothing is left out."),
        },
    ),
    "farewell": Sayings(
        Words("起身，双手递回执，目送客户离开。", "Stand, hand over the receipt with both hands, and see the visitor off."),
        (Words("{name}，回执请收好。{day}以前我会联系您。谢谢您来，路上慢走。", "{name}, please keep this receipt. You will hear from me by {day}. Thank you for coming, and get home safely."),
         Words("{name}，有事直接打回执上的电话找我。慢走。", "{name}, call me at the number on the receipt at any time. Goodbye.")),
        {
            "bereavement": Words("{name}，请保重。剩下的事我来跟，{day}以前我打给您。", "{name}, please take care of yourself. I look after the rest and call you by {day}."),
            "injury": Words("{name}，好好养着，不用再跑。{day}以前我打给您。", "{name}, please rest and recover; no need to come again. I call you by {day}."),
            "anger": Words("{name}，谢谢您愿意讲给我听。{day}以前我亲自给您回音。", "{name}, thank you for telling me. You will hear from me in person by {day}."),
            "elderly": Words("{name}，我送您到门口。{day}以前我打电话来，您在家等就好。", "{name}, let me see you to the door. I call you by {day}; just wait at home."),
            "first_visit": Words("{name}，回执上有编号、日子和我的电话，有事直接打给我。{day}以前我联系您，路上慢走。", "{name}, the receipt has your number, the day and my phone; call me directly. You hear from me by {day}. Get home safely."),
            "accompanying": Words("{name}，请把回执带给家人。{day}以前我联系您，两位慢走。", "{name}, please take the receipt to your relative. You hear from me by {day}. Goodbye to you both."),
        },
    ),
}
ANYWHERE: dict[str, tuple[Words, ...]] = {
    "first_visit": (
        Words("{name}，哪里没听明白，请随时打断我，我换个说法再讲一遍。", "{name}, please stop me wherever it is not clear; I will put it another way."),
        Words("{name}，不着急，您什么时候想好了，我们再往下。", "{name}, there is no hurry; we go on when you are ready."),
    ),
    "accompanying": (
        Words("{name}，这一步要是家人来讲更清楚，我们等一等，或者打个电话。", "{name}, if your relative can tell this better, we can wait, or call."),
        Words("{name}，您帮家人跑这一趟，辛苦了。有要转告的，我写下来。", "{name}, thank you for coming on your relative's behalf. What is to be passed on I write down."),
    ),
    "elderly": (
        Words("{name}，我再慢一点说一遍，您看看纸上的大字。", "{name}, I say it again, more slowly; here it is in large print."),
        Words("{name}，您要是想让家里人一起听，我们打个电话给他们。", "{name}, if you would like your family to listen too, we can call them."),
    ),
    "injury": (
        Words("{name}，您要不要歇一歇、喝口水？舒服了我们再往下。", "{name}, would you like to rest and have some water? We go on when you feel better."),
        Words("{name}，您不用起身，也不用大声，我坐近一点。", "{name}, no need to get up or speak up; I sit closer."),
    ),
    "bereavement": (
        Words("{name}，今天不用全部办完，剩下的我来安排，另约您方便的时间。", "{name}, it need not all be done today; the rest can wait, and I arrange it."),
        Words("{name}，您想一个人静一静，我就在旁边，好了叫我。", "{name}, if you wish to be alone for a moment, I am close by; just call me."),
    ),
    "anger": (
        Words("{name}，您说得对的地方我都记下来；还没弄清的，我去查，查好告诉您。", "{name}, I write down every point you make. What is not clear yet I look into, and tell you."),
        Words("{name}，换一位同事或者请主管来，都可以，您说了算。", "{name}, another colleague or the supervisor can come; you decide."),
    ),
}
"""What suits a situation at any station: what `another` goes on with, so that it never leaves the situation."""
_TO_BE_AGREED = Words("说好的日子", "the day we agree")


def sayings_for(station: str, situation: str) -> tuple[Words, ...]:
    """Every sentence of a station for a situation, its own first; for everyone where the situation is not one of ours."""
    own = SAYINGS[station].by_situation.get(situation)
    return (own, *ANYWHERE[situation]) if own else SAYINGS[station].plain


def saying(station: str, *, situation: str, name: str, another: int = 0, day: Words | None = None) -> Words:
    """The sentence to say; `another` counts how often the clerk asked for a different one, which keeps the situation."""
    order = sayings_for(station, situation)
    address = Words(name, name) if name.strip() else Words("您好", "Good day")
    return order[another % len(order)].with_(name=address, day=day or _TO_BE_AGREED)

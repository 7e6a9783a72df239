"""Two talks told in tests: one as it should be, one as it should not; invented, in both languages."""

GOOD_ZH = """\
# 来访，2 号窗口
00:00-00:06 柜员：您好，我是冉晴，请坐。今天想办什么事？
00:07-00:20 客户：我爱人上周摔伤住院，我想问问能不能报，一个人跑来跑去的，心里很乱。
00:21-00:31 柜员：您一个人跑这些不容易，不着急，慢慢来。先跟您核对一下身份：请问您的姓名和出生日期？
00:32-00:40 客户：我叫白露，一九八六年四月三日。
00:41-00:46 柜员：谢谢您。当时是怎么摔的，请您从头讲一讲。
00:47-01:20 客户：下雨，他从单位后门出来踩在铁板上滑倒了，右腿，当天就送到区医院，住了六天。
01:21-01:33 柜员：我跟您核对一遍您刚才说的：雨天，单位后门铁板上滑倒，右腿受伤，住院六天，对吗？
01:34-01:38 客户：对，就是这样。
01:39-01:56 柜员：要两样材料：出院小结和发票原件。12 月 4 日前交给我，我当天登记。为了看看我讲清楚没有，请您用自己的话说说接下来要带什么？
01:57-02:08 客户：带出院小结和发票，12 月 4 日前交给您。
02:09-02:15 柜员：正是。谢谢您来，路上小心，再见。
"""
BAD_ZH = """\
00:00-00:05 柜员：什么事？快说。
00:06-00:20 客户：我想问我那个理赔到哪一步了，保单号是 622202123456789012。
00:15-00:30 柜员：您那件已经审核通过了，一共 4,310.00 元，三天之内钱肯定到账，回去等着就行。
00:31-00:36 客户：可是我还有一份单子没交呢。
00:33-00:50 柜员：刚才不是说过了吗，您自己看墙上。
"""
GOOD_EN = """\
00:00-00:07 Clerk: Good morning, my name is Ada Finch. What can I do for you?
00:08-00:24 Customer: My mother fell at the market and broke her wrist, and I have no idea where to begin.
00:25-00:34 Clerk: That must have been a shock for both of you. Take your time. May I confirm your full name and date of birth first?
00:35-00:46 Customer: Ivy Marsh, 3 April 1986.
00:47-00:52 Clerk: Thank you. How did it happen? Please tell me from the beginning.
00:53-01:20 Customer: It was wet, she slipped near the fish stall, and they took her to the district hospital for two nights.
01:21-01:29 Clerk: Let me read that back: wet ground, the fish stall, her wrist, two nights in hospital. Have I got that right?
01:34-01:37 Customer: Yes, exactly.
01:38-01:50 Clerk: Two papers, please: the discharge summary and the bill, to me by 4 December. To be sure I was clear, could you tell me in your own words what to bring next?
01:51-02:08 Customer: The summary and the bill, to you, by the fourth.
02:09-02:16 Clerk: That is it. Thank you for coming, and have a safe journey home. Goodbye.
"""

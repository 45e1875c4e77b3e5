// Administration as the system administrator does it, in the sandbox: real clicks, found by role and label.
import { equal, ok, test } from './harness.mjs';
import { enter, enterSandbox, hash, labelled, labels, noErrors, pressStarting, who } from './journey.mjs';

test('every screen of administration opens, and only for those who may', async () => {
  const page = await enterSandbox(who.system);
  for (const screen of ['人员管理', '角色权限', '组织机构', '菜单设置', '策略设置', '审计记录', '接口密钥']) {
    await page.press('menuitem', screen);
    await page.expect('heading', screen);
  }
  await noErrors(page);
  const other = await enterSandbox(who.manager);
  ok(!(await labels(other, 'menuitem')).includes('人员管理'), 'a customer manager administers nobody');
});

test('a person is found, and the page says what they may do and why', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '人员管理');
  await page.type('searchbox', '用户名或姓名', 'nn_query');
  await page.key('Enter');
  await page.press('row', 'nn_query');
  await page.expect('heading', '权限及来源');
  ok((await page.words()).includes('本地网资料查询（南宁市电信分公司）'), 'the role at the unit is named');
  await noErrors(page);
});

test('a role loses a right at once, and the audit trail says so', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '角色权限');
  await page.press('row', '部门管理员');
  await page.press('checkbox', '导出清单');
  await page.press('button', '保存');
  await page.press('menuitem', '审计记录');
  await pressStarting(page, 'row', '修改角色');
  await page.expect('heading', '修改角色');
  await noErrors(page);
});

test('policies are saved once their effects were shown, and the audit trail says so', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '策略设置');
  ok((await page.item('button', '查看影响')).disabled, 'nothing to look at before something is changed');
  await page.press('radio', '两者一致才划入');
  await page.press('combobox', '每月开放日');
  await page.find('option', '10 日').hover();
  await page.page.mouse.wheel(0, 300);
  await page.press('option', '20 日');
  await page.press('button', '查看影响');
  ok((await page.words()).includes('保存后：今天不在窗口内，2026-11-20 开放'), 'what would change is said');
  await page.picture('policies');
  await page.press('button', '保存');
  await page.press('menuitem', '审计记录');
  await pressStarting(page, 'row', '修改调整窗口');
  await page.expect('heading', '修改调整窗口');
  ok((await page.words()).includes('每月开放日'), 'before and after are shown');
  await noErrors(page);
});

test('a unit that is in use is not deleted, and the dialog says what hangs on it', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '组织机构');
  await page.press('treeitem', '南宁市电信分公司');
  await page.press('button', '删除');
  ok((await page.words()).includes('下级单位'), 'units below are counted');
  await page.press('button', '取消');
  await noErrors(page);
});

// Where a dialog has the same thing as the page behind it, the dialog's comes later.
const upper = (page, role, name) => page.page.getByRole(role, { name, exact: true }).last();
async function pressUpper(page, role, name) {
  await upper(page, role, name).click({ timeout: 20000 });
  await page.settle();
}
async function chooseUnit(page, name) {
  await pressUpper(page, 'searchbox', '查找单位');
  await page.compose(['dan', "dan'wei"], name);
  await pressUpper(page, 'treeitem', name);
}

test('a person is added with a role and a first password, deactivated, and both are in the trail', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '人员管理');
  await page.press('button', '新增人员');
  await page.type('textbox', '用户名', 'browser_new');
  await page.type('textbox', '姓名', 'Browser New');
  await page.press('button', '授予角色');
  await page.expect('dialog', '授予角色');
  await pressUpper(page, 'combobox', '角色');
  await pressUpper(page, 'option', '本地网资料查询');
  await chooseUnit(page, '南宁市电信分公司');
  await page.picture('people-give');
  await page.press('button', '授予');
  await page.expectNot('dialog', '授予角色');
  await page.press('button', '保存');
  await page.expect('dialog', '初始密码');
  ok((await page.value('textbox', '初始密码')).length >= 12, 'a first password is shown');
  await page.press('button', '已告知');
  await page.type('searchbox', '用户名或姓名', 'browser_new');
  await page.key('Enter');
  await page.press('row', 'browser_new');
  ok((await page.words()).includes('本地网资料查询（南宁市电信分公司）'), 'with the role given');
  await page.press('button', '停用');
  await page.expect('button', '恢复');
  await page.press('menuitem', '审计记录');
  await labelled(page, 'row', '新增人员');
  await labelled(page, 'row', '修改人员');
  await noErrors(page);
});

test('looking as another shows their screens, changes nothing, ends, and is in the trail', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '人员管理');
  await page.type('searchbox', '用户名或姓名', 'nn_query');
  await page.key('Enter');
  await page.press('row', 'nn_query');
  await page.press('button', '以此人身份查看');
  ok((await page.words()).includes('正在以'), 'the strip says as whom');
  ok(!(await labels(page, 'menuitem')).includes('人员管理'), 'the menu is theirs');
  await page.picture('seeing-as');
  await page.press('button', /正在以(.+?)的身份查看/.exec(await page.words())[1]);
  await page.press('menuitem', '结束查看');
  ok((await labels(page, 'menuitem')).includes('人员管理'), 'and one’s own again');
  await page.press('menuitem', '审计记录');
  await labelled(page, 'row', '开始以他人身份查看');
  await noErrors(page);
});

test('a unit is moved after its effects were shown, and moved back from the trail', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '组织机构');
  await chooseUnit(page, '城东二片1社区');
  await page.press('button', '移动');
  await page.expect('dialog', '移动“城东二片1社区”');
  await chooseUnit(page, '城东一片');
  ok((await page.words()).includes('户客户随之移动'), 'the effects come first');
  await page.picture('organisation-move');
  await pressUpper(page, 'button', '移动');
  await page.expectNot('dialog', '移动“城东二片1社区”');
  await page.press('menuitem', '审计记录');
  await pressStarting(page, 'row', '移动单位');
  await page.press('button', '撤销这项变更');
  await labelled(page, 'row', '撤销单位变更');
  await page.expectNot('button', '撤销这项变更');
  await noErrors(page);
});

test('a key is made, shown once, and revoked', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '接口密钥');
  await page.press('button', '新增密钥');
  await page.type('textbox', '名称', 'CRM');
  await chooseUnit(page, '南宁市电信分公司');
  await pressUpper(page, 'button', '新增密钥');
  await page.expect('dialog', '密钥');
  ok((await page.value('textbox', '密钥')).startsWith('qk_'), 'the key is shown');
  await page.press('button', '关闭');
  await page.expectNot('dialog', '密钥');
  await page.expect('row', 'CRM');
  await pressUpper(page, 'link', '吊销');
  await page.expect('dialog', '吊销密钥？');
  await pressUpper(page, 'button', '吊销');
  await page.expectNot('dialog', '吊销密钥？');
  await page.expectNot('link', '吊销');
  await noErrors(page);
});

// The browser's own reload; the sandbox asks again who one is.
async function reload(page, person) {
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
  await enter(page, person);
}

test('what is looked at in administration is in the address: back, forward and reload', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '人员管理');
  await page.type('searchbox', '用户名或姓名', 'nn_');
  await page.key('Enter');
  await page.press('tab', '全部');
  await page.press('row', 'nn_query');
  const person = await hash(page);
  ok(/^#\/people\?search=nn_&state=all&person=\d+$/.test(person), `the person is in the address: ${person}`);
  await page.press('menuitem', '角色权限');
  await page.press('row', '部门管理员');
  ok(/^#\/roles\?role=\d+$/.test(await hash(page)), `the role: ${await hash(page)}`);
  await page.press('menuitem', '审计记录');
  await page.type('textbox', '对象', 'nn_query');
  await page.key('Enter');
  equal(await hash(page), '#/audit?search=nn_query', 'the search');
  await page.page.goBack();
  await page.settle();
  equal(await hash(page), '#/audit', 'a step back');
  await page.page.goBack();
  await page.settle();
  ok((await page.item('row', '部门管理员')).selected, 'the role is open again');
  for (let i = 0; i < 2; ++i) await page.page.goBack();
  await page.settle();
  equal(await hash(page), person, 'and the person');
  await reload(page, who.system);
  equal(await hash(page), person, 'a reload keeps it');
  equal(await page.value('searchbox', '用户名或姓名'), 'nn_', 'what was searched for');
  ok((await page.item('tab', '全部')).selected, 'among whom');
  ok((await page.item('row', 'nn_query')).selected, 'and who is open');
  equal(await page.page.title(), '人员管理 · 测试环境 · 渠道营销支撑系统', 'the tab says where one is');
  await noErrors(page);
});

test('what is typed and not saved is there again over another screen, a reload and a log-out, with its age', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '人员管理');
  await page.press('button', '新增人员');
  await page.type('textbox', '用户名', 'zhang_new');
  await page.type('textbox', '姓名', '张新');
  await page.press('menuitem', '策略设置');
  await page.press('radio', '两者一致才划入');
  await page.press('menuitem', '人员管理');
  equal(await page.value('textbox', '用户名'), 'zhang_new', 'over another screen');
  await page.expect('status', '已恢复没有保存的修改（不到 1 分钟前）。');
  await page.picture('form-restored');
  await reload(page, who.system);
  equal([await page.value('textbox', '用户名'), await page.value('textbox', '姓名')], ['zhang_new', '张新'], 'over a reload');
  await page.press('menuitem', '策略设置');
  ok((await page.item('radio', '两者一致才划入')).checked, 'the policy as well');
  await page.press('link', '不要了');
  ok(!(await page.item('radio', '两者一致才划入')).checked, 'given up');
  // Whoever else logs in on this machine is not offered it.
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
  await enter(page, who.province);
  await page.page.reload();
  await page.page.waitForFunction(() => window.qudao?.ready);
  await page.settle();
  await enter(page, who.system);
  await page.press('menuitem', '人员管理');
  await page.press('button', '新增人员');
  equal(await page.value('textbox', '用户名'), 'zhang_new', 'and theirs is still there');
  await page.press('link', '不要了');
  await page.press('menuitem', '角色权限');
  await page.press('menuitem', '人员管理');
  equal(await page.value('textbox', '用户名'), '', 'what was given up is gone');
  await noErrors(page);
});

// Administration as the system administrator does it, in the sandbox: real clicks, found by role and label.
import { equal, ok, test } from './harness.mjs';
import { enterSandbox, labels, noErrors, who } from './journey.mjs';

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
  await page.expect('heading', '能做什么，为什么');
  ok((await page.words()).includes('本地网资料查询 @ 南宁市电信分公司'), 'the role at the unit is named');
  await noErrors(page);
});

test('a role loses a right at once, and the audit trail says so', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '角色权限');
  await page.press('row', 'department_administrator');
  await page.press('checkbox', '导出清单');
  await page.press('button', '保存');
  await page.press('menuitem', '审计记录');
  await page.press('row', 'role.change');
  await page.expect('heading', '修改角色');
  await noErrors(page);
});

test('policies are saved once their effects were shown, and the audit trail says so', async () => {
  const page = await enterSandbox(who.system);
  await page.press('menuitem', '策略设置');
  ok((await page.item('button', '查看影响')).disabled, 'nothing to look at before something is changed');
  await page.press('radio', '两者一致才划入');
  await page.press('combobox', '每月开放日');
  await page.press('option', '20 日');
  await page.press('button', '查看影响');
  ok((await page.words()).includes('保存后：今天不在窗口内，2026-11-20 开放'), 'what would change is said');
  await page.picture('policies');
  await page.press('button', '保存');
  await page.press('menuitem', '审计记录');
  await page.press('row', 'policy.window');
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

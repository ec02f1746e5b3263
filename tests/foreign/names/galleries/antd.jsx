import * as A from 'antd';

export const Frame = A.App;

const options = [{ value: 'oak', label: 'Oak' }, { value: 'elm', label: 'Elm' }, { value: 'yew', label: 'Yew', disabled: true }];
const columns = [{ title: 'Tree', dataIndex: 'tree', sorter: true, filters: [{ text: 'Oak', value: 'oak' }] }, { title: 'Height', dataIndex: 'height' }, { title: '', render: () => <a href="#cut">Cut</a> }];
const data = [{ key: 1, tree: 'Oak 7', height: 12 }, { key: 2, tree: 'Elm 2', height: 9 }];
const tree = [{ title: 'North', key: 'n', children: [{ title: 'Row 1', key: 'n1' }, { title: 'Row 2', key: 'n2' }] }, { title: 'South', key: 's' }];

export default {
  buttons: <A.Space><A.Button type="primary">Plant</A.Button><A.Button loading>Water</A.Button><A.Button href="#map">Map</A.Button><A.Button disabled>Fell</A.Button><A.Button shape="circle" icon={<span role="img" aria-label="search">🔍</span>} />
    <A.Button>好的</A.Button><A.FloatButton description="Help" /><A.Dropdown.Button menu={{ items: [{ key: 1, label: 'Later' }] }}>Now</A.Dropdown.Button></A.Space>,
  form: <A.Form name="tree" initialValues={{ species: 'oak' }} layout="vertical"><A.Form.Item label="Name" name="name" rules={[{ required: true }]} tooltip="As on the tag"><A.Input placeholder="Old Oak" allowClear /></A.Form.Item>
    <A.Form.Item label="Species" name="species"><A.Select options={options} /></A.Form.Item><A.Form.Item label="Age" name="age" extra="In years"><A.InputNumber min={0} addonAfter="years" /></A.Form.Item><A.Form.Item name="alive" valuePropName="checked"><A.Checkbox>Alive</A.Checkbox></A.Form.Item>
    <A.Form.Item label="Watered" name="watered"><A.Switch checkedChildren="yes" unCheckedChildren="no" /></A.Form.Item><A.Form.Item><A.Button htmlType="submit">Save</A.Button></A.Form.Item></A.Form>,
  inputs: <A.Space direction="vertical"><A.Input.Search placeholder="Find a tree" enterButton="Find" /><A.Input.Password aria-label="Key" /><A.Input.TextArea showCount maxLength={40} aria-label="Story" /><A.Input prefix="#" suffix="cm" aria-label="Girth" />
    <A.Input.OTP length={4} /><A.InputNumber aria-label="Rings" defaultValue={3} /><A.Mentions aria-label="Mention" /></A.Space>,
  'select, open': <A.Select open aria-label="Species" defaultValue="oak" style={{ width: 200 }} options={options} />,
  'select, many': <A.Select mode="multiple" aria-label="Kinds" defaultValue={['oak', 'elm']} style={{ width: 300 }} options={options} showSearch />,
  'other lists': <A.Space direction="vertical"><A.AutoComplete aria-label="Town" options={options} placeholder="Where" style={{ width: 200 }} /><A.Cascader aria-label="Plot" open options={[{ value: 'n', label: 'North', children: [{ value: '1', label: 'Row 1' }] }]} /></A.Space>,
  'tree select': <A.TreeSelect aria-label="Plot" open treeDefaultExpandAll style={{ width: 200 }} treeData={tree.map(({ title, key, children }) => ({ title, value: key, children: children?.map((c) => ({ title: c.title, value: c.key })) }))} />,
  'dates, open': <A.DatePicker open aria-label="Planted" />,
  'dates': <A.Space><A.DatePicker placeholder="Day" /><A.DatePicker.RangePicker placeholder={['From', 'To']} /><A.TimePicker placeholder="Time" /></A.Space>,
  choices: <A.Space direction="vertical"><A.Radio.Group defaultValue="oak" options={options} /><A.Radio.Group optionType="button" options={['Dry', 'Wet']} name="ground" /><A.Checkbox.Group options={['Sun', 'Shade']} defaultValue={['Sun']} /><A.Checkbox indeterminate>All</A.Checkbox>
    <A.Segmented options={['Day', 'Week']} /><A.Rate defaultValue={2} /><A.Slider defaultValue={30} range={false} marks={{ 0: 'low', 100: 'high' }} style={{ width: 200 }} /><A.Slider range defaultValue={[2, 5]} style={{ width: 200 }} /></A.Space>,
  table: <A.Table rowSelection={{}} columns={columns} dataSource={data} expandable={{ expandedRowRender: () => 'Rings', defaultExpandedRowKeys: [1] }} pagination={{ total: 50, showSizeChanger: true }} caption="Trees" />,
  'list and descriptions': <div><A.Descriptions title="Oak 7" bordered items={[{ key: 1, label: 'Height', children: '12 m' }, { key: 2, label: 'Owner', children: <a href="#o">Town</a> }]} />
    <A.Statistic title="Trees" value={1128} /><A.Timeline items={[{ children: 'Planted' }, { children: 'Cut' }]} /><A.Card title="Elm" extra={<a href="#m">More</a>} actions={['Edit', 'Move']}>Low</A.Card></div>,
  modal: <A.Modal open title="Fell the oak?" okText="Fell" cancelText="Keep"><p>It is <strong>300</strong> years old.</p></A.Modal>,
  drawer: <A.Drawer open title="Details" extra={<A.Button>Save</A.Button>}><A.Input placeholder="Note" /></A.Drawer>,
  menu: <div><A.Menu mode="inline" defaultOpenKeys={['g']} items={[{ key: 'h', label: 'Home', icon: <span role="img" aria-label="home">⌂</span> }, { key: 'g', label: 'Garden', children: [{ key: 'x', label: 'Beds' }, { type: 'divider' }, { type: 'group', label: 'Old', children: [{ key: 'y', label: 'Pond' }] }] }]} />
    <A.Menu mode="horizontal" items={[{ key: 'a', label: 'Map' }, { key: 'b', label: 'List', disabled: true }]} /><A.Breadcrumb items={[{ title: <a href="#h">Home</a> }, { title: 'Trees' }]} /></div>,
  'dropdown, open': <A.Dropdown open menu={{ items: [{ key: 1, label: 'Rename' }, { key: 2, label: <a href="#d">Delete</a>, danger: true }] }}><a href="#more">More</a></A.Dropdown>,
  tabs: <div><A.Tabs type="editable-card" items={[{ key: 1, label: 'Now', children: 'Green' }, { key: 2, label: 'Then', children: 'Small' }]} /><A.Collapse defaultActiveKey={1} items={[{ key: 1, label: 'Soil', children: 'Clay' }, { key: 2, label: 'Sun', children: 'Half', extra: <A.Tag closable>new</A.Tag> }]} />
    <A.Steps current={1} items={[{ title: 'Dig' }, { title: 'Plant', description: 'Deep' }, { title: 'Water' }]} /></div>,
  feedback: <div><A.Alert title="Frost" message="Frost" description="Cover the beds" type="warning" showIcon closable /><A.Progress percent={40} /><A.Progress type="circle" percent={100} /><A.Spin description="Wait" /><A.Result status="404" title="No tree" subTitle="Gone" extra={<A.Button>Back</A.Button>} /><A.Empty />
    <A.Badge count={5}><a href="#n">News</a></A.Badge><A.Tooltip title="Height" open><span>12 m</span></A.Tooltip><A.Popover open title="Oak" content="Old"><A.Button>Who</A.Button></A.Popover></div>,
  'tree and upload': <div><A.Tree checkable defaultExpandAll treeData={tree} /><A.Upload><A.Button>Choose a photo</A.Button></A.Upload><A.Upload.Dragger><p>Drop it here</p></A.Upload.Dragger><A.Transfer dataSource={data} titles={['Here', 'There']} render={(d) => d.tree} /></div>,
  'calendar and more': <div><A.Calendar fullscreen={false} /><A.Pagination total={90} showQuickJumper /><A.Image alt="Oak" src="data:," width={40} /><A.Avatar alt="Ann" src="data:," /><A.Typography.Title editable copyable level={3}>Garden</A.Typography.Title><A.Typography.Text keyboard>Ctrl</A.Typography.Text><A.ColorPicker showText /></div>,
};

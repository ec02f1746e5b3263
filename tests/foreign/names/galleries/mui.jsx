import * as React from 'react';
import * as M from '@mui/material';

export const Frame = ({ children }) => <><M.CssBaseline />{children}</>;

const rows = [['Rye loaf', 4.2, 12], ['Poppy roll', 0.9, 80], ['Plum tart', 3.5, 6]];

export default {
  buttons: <M.Stack direction="row"><M.Button variant="contained">Bake now</M.Button><M.Button disabled>Sold out</M.Button>
    <M.Button href="#oven" startIcon={<span aria-hidden>🔥</span>}>Heat oven</M.Button><M.IconButton aria-label="Delete order">×</M.IconButton>
    <M.Fab color="primary" aria-label="New order">+</M.Fab><M.Button loading>Saving</M.Button><M.Button loading loadingPosition="start">Sending</M.Button></M.Stack>,
  'text fields': <M.Stack><M.TextField label="Baker" required helperText="As on the badge" /><M.TextField label="Weight" type="number" variant="filled" defaultValue={3} />
    <M.TextField label="Notes" multiline rows={3} variant="standard" placeholder="Anything else" /><M.TextField label="Price" error helperText="Too low"
      slotProps={{ input: { startAdornment: <M.InputAdornment position="start">CHF</M.InputAdornment> } }} /><M.TextField label="Password" type="password" /></M.Stack>,
  select: <M.FormControl><M.InputLabel id="flour">Flour</M.InputLabel><M.Select labelId="flour" label="Flour" defaultValue="rye" sx={{ width: 200 }}>
    <M.MenuItem value="rye">Rye</M.MenuItem><M.MenuItem value="spelt">Spelt</M.MenuItem></M.Select><M.FormHelperText>From the mill</M.FormHelperText></M.FormControl>,
  'select, open': <M.FormControl><M.InputLabel id="flour">Flour</M.InputLabel><M.Select labelId="flour" label="Flour" defaultValue="rye" defaultOpen sx={{ width: 200 }}>
    <M.MenuItem value="rye">Rye</M.MenuItem><M.MenuItem value="spelt">Spelt</M.MenuItem></M.Select></M.FormControl>,
  'native select': <M.FormControl><M.InputLabel htmlFor="size">Size</M.InputLabel><M.NativeSelect defaultValue="2" inputProps={{ id: 'size' }}><option value="1">Small</option><option value="2">Large</option></M.NativeSelect></M.FormControl>,
  choices: <M.Stack><M.FormControlLabel control={<M.Checkbox defaultChecked />} label="Sliced" /><M.FormControlLabel required control={<M.Checkbox indeterminate />} label="Wrapped" />
    <M.FormControlLabel control={<M.Switch />} label="Deliver" labelPlacement="start" /><M.FormControl><M.FormLabel id="when">When</M.FormLabel>
      <M.RadioGroup aria-labelledby="when" defaultValue="noon"><M.FormControlLabel value="dawn" control={<M.Radio />} label="At dawn" /><M.FormControlLabel value="noon" control={<M.Radio />} label="At noon" disabled /></M.RadioGroup></M.FormControl></M.Stack>,
  'sliders and rating': <M.Box sx={{ width: 300, p: 4 }}><M.Slider aria-label="Heat" defaultValue={180} max={300} valueLabelDisplay="on" marks={[{ value: 100, label: '100°' }]} />
    <M.Slider getAriaLabel={(i) => ['From', 'To'][i]} defaultValue={[20, 40]} /><M.Rating name="taste" defaultValue={3} /><M.Rating name="fixed" value={4} readOnly /></M.Box>,
  autocomplete: <M.Autocomplete open options={['Basel', 'Bern', 'Biel']} sx={{ width: 300 }} renderInput={(more) => <M.TextField {...more} label="Town" />} />,
  'many chosen': <M.Autocomplete multiple defaultValue={['Basel', 'Bern']} options={['Basel', 'Bern', 'Biel']} sx={{ width: 300 }} renderInput={(more) => <M.TextField {...more} label="Towns" />} />,
  table: <M.TableContainer component={M.Paper}><M.Table aria-label="Stock"><M.TableHead><M.TableRow><M.TableCell padding="checkbox"><M.Checkbox slotProps={{ input: { 'aria-label': 'All' } }} /></M.TableCell>
    <M.TableCell sortDirection="asc"><M.TableSortLabel active direction="asc">Product</M.TableSortLabel></M.TableCell><M.TableCell align="right">Price</M.TableCell><M.TableCell>Left</M.TableCell></M.TableRow></M.TableHead>
    <M.TableBody>{rows.map(([name, price, left]) => <M.TableRow key={name}><M.TableCell padding="checkbox"><M.Checkbox slotProps={{ input: { 'aria-label': name } }} /></M.TableCell><M.TableCell component="th" scope="row">{name}</M.TableCell><M.TableCell>{price}</M.TableCell><M.TableCell>{left}</M.TableCell></M.TableRow>)}</M.TableBody>
    <M.TableFooter><M.TableRow><M.TablePagination count={30} page={1} rowsPerPage={10} onPageChange={() => {}} /></M.TableRow></M.TableFooter></M.Table></M.TableContainer>,
  dialog: <><p>Behind</p><M.Dialog open aria-labelledby="t"><M.DialogTitle id="t">Throw away the dough?</M.DialogTitle><M.DialogContent><M.DialogContentText>It has risen for 8 hours.</M.DialogContentText><M.TextField label="Reason" /></M.DialogContent>
    <M.DialogActions><M.Button>Keep</M.Button><M.Button autoFocus>Throw away</M.Button></M.DialogActions></M.Dialog></>,
  drawer: <><h1>Shop</h1><M.Drawer open><M.List subheader={<M.ListSubheader>Rooms</M.ListSubheader>}><M.ListItem disablePadding><M.ListItemButton selected><M.ListItemIcon>🏠</M.ListItemIcon><M.ListItemText primary="Kitchen" secondary="Two ovens" /></M.ListItemButton></M.ListItem>
    <M.Divider /><M.ListItem secondaryAction={<M.IconButton aria-label="Lock">l</M.IconButton>}><M.ListItemText primary="Cellar" /></M.ListItem></M.List></M.Drawer></>,
  'menu, open': [<><M.Button id="more" onClick={(e) => window.anchor(e.currentTarget)}>More</M.Button><Menu /></>, '#more'],
  tabs: <M.Box><M.Tabs value={1} aria-label="Shifts"><M.Tab label="Early" /><M.Tab label="Late" icon={<span>🌙</span>} /><M.Tab label="Night" disabled /></M.Tabs>
    <M.ToggleButtonGroup value="left" exclusive aria-label="Side"><M.ToggleButton value="left">Left</M.ToggleButton><M.ToggleButton value="right">Right</M.ToggleButton></M.ToggleButtonGroup></M.Box>,
  accordion: <div><M.Accordion defaultExpanded><M.AccordionSummary aria-controls="a1" id="h1">Opening hours</M.AccordionSummary><M.AccordionDetails>From six</M.AccordionDetails></M.Accordion>
    <M.Accordion><M.AccordionSummary id="h2">Allergens</M.AccordionSummary><M.AccordionDetails>Nuts, <b>milk</b></M.AccordionDetails></M.Accordion></div>,
  'steps and crumbs': <div><M.Breadcrumbs aria-label="Path" separator="›"><M.Link href="/">Home</M.Link><M.Link href="/b">Breads</M.Link><M.Typography>Rye</M.Typography></M.Breadcrumbs>
    <M.Stepper activeStep={1}><M.Step><M.StepLabel>Knead</M.StepLabel></M.Step><M.Step><M.StepLabel optional={<M.Typography variant="caption">Optional</M.Typography>}>Rest</M.StepLabel></M.Step><M.Step><M.StepButton>Bake</M.StepButton></M.Step></M.Stepper><M.Pagination count={7} page={3} /></div>,
  feedback: <div><M.Alert severity="error" onClose={() => {}}><M.AlertTitle>Too hot</M.AlertTitle>The oven is at 310°.</M.Alert><M.Alert action={<M.Button size="small">Undo</M.Button>}>Saved</M.Alert><M.Snackbar open message="Order sent" action={<M.Button>Show</M.Button>} />
    <M.LinearProgress aria-label="Rising" variant="determinate" value={40} /><M.CircularProgress /><M.Skeleton width={90} /></div>,
  'chips and badges': <div><M.Chip label="Vegan" onDelete={() => {}} /><M.Chip label="Warm" onClick={() => {}} avatar={<M.Avatar>W</M.Avatar>} /><M.Badge badgeContent={4} color="primary"><span>Inbox</span></M.Badge>
    <M.Tooltip title="Add to basket" open><M.IconButton>+</M.IconButton></M.Tooltip><M.Tooltip title="Described" describeChild><M.Button>Pay</M.Button></M.Tooltip><M.Avatar alt="Ann Moser" src="data:," /></div>,
  'bar and card': <div><M.AppBar position="static"><M.Toolbar><M.Typography variant="h6" component="div">Bakery</M.Typography><M.Button color="inherit">Log in</M.Button></M.Toolbar></M.AppBar>
    <M.Card><M.CardHeader title="Rye" subheader="Today" action={<M.IconButton aria-label="settings">s</M.IconButton>} /><M.CardMedia component="img" image="data:," alt="A loaf" /><M.CardActionArea><M.CardContent><M.Typography variant="h5">Loaf</M.Typography>Dark</M.CardContent></M.CardActionArea></M.Card>
    <M.BottomNavigation showLabels value={0}><M.BottomNavigationAction label="Now" /><M.BottomNavigationAction label="Later" /></M.BottomNavigation><M.SpeedDial ariaLabel="Quick" open icon={<span>+</span>}><M.SpeedDialAction icon={<span>c</span>} slotProps={{ tooltip: { title: 'Copy' } }} /></M.SpeedDial></div>,
};

function Menu() {
  const [anchor, setAnchor] = React.useState(null);
  window.anchor = setAnchor;
  return <M.Menu anchorEl={anchor} open={Boolean(anchor)}><M.MenuItem>Rename</M.MenuItem><M.MenuItem disabled>Archive</M.MenuItem><M.Divider /><M.MenuItem selected><M.ListItemText>Delete</M.ListItemText><M.Typography>Del</M.Typography></M.MenuItem></M.Menu>;
}

// A page of MUI: orders of a bakery.
import * as M from '@mui/material';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const TOWNS = ['Basel', 'Bern', 'Biel', 'Chur'];

function NewOrder({ onOrder }) {
  const [open, setOpen] = useState(false);
  const [order, setOrder] = useState({ product: '', amount: '1', town: null, sliced: false });
  const set = (change) => setOrder({ ...order, ...change });
  const isWrong = order.amount !== '' && !(Number(order.amount) > 0);
  return <>
    <M.Button variant="contained" onClick={() => setOpen(true)}>New order</M.Button>
    <M.Dialog open={open} onClose={() => setOpen(false)} aria-labelledby="new"><M.DialogTitle id="new">New order</M.DialogTitle><M.DialogContent>
      <M.FormControl fullWidth required margin="normal"><M.InputLabel id="product">Product</M.InputLabel>
        <M.Select labelId="product" label="Product" value={order.product} onChange={(event) => set({ product: event.target.value })}>
          {['Rye loaf', 'Poppy roll', 'Plum tart'].map((each) => <M.MenuItem key={each} value={each}>{each}</M.MenuItem>)}</M.Select></M.FormControl>
      <M.TextField label="Amount" required fullWidth margin="normal" value={order.amount} error={isWrong} helperText={isWrong ? 'At least one' : ''} onChange={(event) => set({ amount: event.target.value })} />
      <M.Autocomplete options={TOWNS} value={order.town} onChange={(_, town) => set({ town })} renderInput={(more) => <M.TextField {...more} label="Town" />} />
      <M.FormControlLabel control={<M.Checkbox checked={order.sliced} onChange={(event) => set({ sliced: event.target.checked })} />} label="Sliced" /></M.DialogContent>
      <M.DialogActions><M.Button onClick={() => setOpen(false)}>Cancel</M.Button>
        <M.Button disabled={!order.product || isWrong} onClick={() => { onOrder(order); setOpen(false); }}>Place order</M.Button></M.DialogActions></M.Dialog></>;
}

function Orders() {
  const [orders, setOrders] = useState([{ product: 'Rye loaf', amount: '2', town: 'Bern' }]);
  const [message, setMessage] = useState('');
  const [tab, setTab] = useState(0);
  const [menu, setMenu] = useState(null);
  const [isNight, setNight] = useState(false);
  const [pay, setPay] = useState('card');
  const remove = () => { setOrders([]); setMenu(null); setMessage('All orders removed'); };
  return <M.ThemeProvider theme={M.createTheme({ palette: { mode: isNight ? 'dark' : 'light' } })}><M.CssBaseline />
    <M.AppBar position="sticky"><M.Toolbar><M.Typography variant="h6" component="h1" sx={{ flexGrow: 1 }}>Bakery</M.Typography>
      <M.FormControlLabel control={<M.Switch color="default" checked={isNight} onChange={(event) => setNight(event.target.checked)} />} label="Night" />
      <M.IconButton color="inherit" aria-label="More" onClick={(event) => setMenu(event.currentTarget)}>⋮</M.IconButton></M.Toolbar></M.AppBar>
    <M.Menu anchorEl={menu} open={Boolean(menu)} onClose={() => setMenu(null)}><M.MenuItem onClick={remove}>Remove all orders</M.MenuItem><M.MenuItem disabled>Print</M.MenuItem></M.Menu>
    <M.Container sx={{ my: 2 }}><M.Tabs value={tab} onChange={(_, to) => setTab(to)} aria-label="Views"><M.Tab label="Orders" /><M.Tab label="Payment" /></M.Tabs>
      <div role="tabpanel" hidden={tab !== 0}><NewOrder onOrder={(order) => { setOrders([...orders, order]); setMessage('Order placed'); }} />
        <M.Table aria-label="Orders"><M.TableHead><M.TableRow><M.TableCell>Product</M.TableCell><M.TableCell>Amount</M.TableCell><M.TableCell>Town</M.TableCell></M.TableRow></M.TableHead>
          <M.TableBody>{orders.map(({ product, amount, town }, index) => <M.TableRow key={index}><M.TableCell component="th" scope="row">{product}</M.TableCell><M.TableCell>{amount}</M.TableCell><M.TableCell>{town ?? '–'}</M.TableCell></M.TableRow>)}</M.TableBody></M.Table></div>
      <div role="tabpanel" hidden={tab !== 1}><M.FormControl><M.FormLabel id="pay">Pay by</M.FormLabel><M.RadioGroup aria-labelledby="pay" value={pay} onChange={(event) => setPay(event.target.value)}>
        <M.FormControlLabel value="card" control={<M.Radio />} label="Card" /><M.FormControlLabel value="invoice" control={<M.Radio />} label="Invoice" /></M.RadioGroup></M.FormControl>
        <M.Box sx={{ width: 300 }}><M.Typography id="tip">Tip</M.Typography><M.Slider aria-labelledby="tip" defaultValue={5} max={20} /></M.Box>
        <M.Accordion><M.AccordionSummary>Terms</M.AccordionSummary><M.AccordionDetails>Pay within ten days.</M.AccordionDetails></M.Accordion></div></M.Container>
    <M.Snackbar open={Boolean(message)} onClose={() => setMessage('')} autoHideDuration={20000} message={message} /></M.ThemeProvider>;
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<Orders />);

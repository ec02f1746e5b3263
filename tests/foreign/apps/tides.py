"""A page of Streamlit: the tide at a pier."""
import time

import pandas as pd
import streamlit as st

st.set_page_config(page_title='Tides')
st.title('Tides')
st.sidebar.header('Settings')
pier = st.sidebar.selectbox('Pier', ['East pier', 'West pier', 'Old harbour'])
unit = st.sidebar.radio('Unit', ['Metres', 'Feet'])
hours = st.slider('Hours ahead', 1, 24, 6)
name = st.text_input('Your name', placeholder='As on your licence')
crew = st.number_input('Crew', 1, 12, 2)
day = st.date_input('Day of departure', value=None)
gear = st.multiselect('Gear', ['Anchor', 'Flares', 'Radio'])
if st.checkbox('Show the table'):
    st.dataframe(pd.DataFrame({'Hour': range(hours), 'Height': [round(1 + h * 0.3, 1) for h in range(hours)]}))
    st.table(pd.DataFrame({'Pier': ['East pier', 'West pier'], 'Depth': [4, 7]}))
if st.button('Compute', type='primary'):
    with st.spinner('Computing…'):
        time.sleep(1)
    st.success(f'High tide at {pier} in {hours} hours, in {unit.lower()}')
if name:
    st.write(f'Welcome aboard, {name}. Your crew: {crew}.')
if gear:
    st.info('You take: ' + ', '.join(gear))
if day:
    st.write(f'You sail on {day:%d %B %Y}.')
with st.expander('How it is computed'):
    st.markdown('By **harmonic** analysis.')
first, second = st.tabs(['Today', 'Tomorrow'])
first.metric('Height', '2.1 m', '0.3 m')
second.metric('Height', '1.7 m', '-0.4 m')
with st.form('report'):
    remark = st.text_area('Remark')
    agreed = st.toggle('Publish it')
    if st.form_submit_button('Send the report'):
        if remark:
            st.success('Thank you')
        else:
            st.error('Please write a remark')
